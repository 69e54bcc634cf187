import type { Graph, Resource } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import { cloudSqlLimits, redisLimits } from "../../resources/limits.ts";
import { parseRange, type Range } from "../../values/ranges.ts";
import { list } from "../lists.ts";
import type { Need } from "../references/needs.ts";
import { namesPort } from "../references/port-variable.ts";
import type { Workload } from "../workload/index.ts";
import { addressRange } from "./addresses.ts";
import { isByPrivateServices, networkOf, networkOfServer, same } from "./network.ts";

/** Redis listens on another port with transit encryption; clusters do not. */
export function redisPort(redis: Resource): number | undefined {
  const mode = redis.get("transit_encryption_mode");
  if (redis.type !== "google_redis_instance") return resourceType(redis.type)?.server?.port;
  if (mode === "SERVER_AUTHENTICATION") return redisLimits.tlsPort.value;
  return mode === undefined || mode === "DISABLED" || mode === "" ? redisLimits.port.value : undefined;
}

/** The port on which the server answers; undefined where it cannot be known. */
export function serverPort(need: Need, workload?: Workload): number | undefined {
  if (need.kind === "redis") return redisPort(need.target);
  if (need.kind !== "sql") return resourceType(need.target.type)?.server?.port;
  if (need.via === "connector") return cloudSqlLimits.connectorPort.value;
  const own = databasePort(need.target);
  const { postgresPort, poolerPort } = cloudSqlLimits;
  const isPooled = workload !== undefined && namesPort(workload, poolerPort.value);
  return isPooled && own === postgresPort.value ? poolerPort.value : own;
}

/** The port of the engine of a database instance, which cannot be chosen. */
export function databasePort(instance: Resource): number | undefined {
  const fixed = resourceType(instance.type)?.server?.port;
  if (fixed !== undefined) return fixed;
  const version = instance.string("database_version") ?? "";
  if (version.startsWith("POSTGRES")) return cloudSqlLimits.postgresPort.value;
  if (version.startsWith("MYSQL")) return cloudSqlLimits.mysqlPort.value;
  return version.startsWith("SQLSERVER") ? cloudSqlLimits.sqlServerPort.value : undefined;
}

/** The addresses at which the server may answer; undefined where they are not known before the apply. */
export function serverRange(graph: Graph, server: Resource): Range | undefined {
  for (const attribute of ["host", "private_ip_address", "network_interface.network_ip"]) {
    const range = addressRange(server.string(attribute) ?? "");
    if (range !== undefined) return range;
  }
  const written = server.get("reserved_ip_range") ?? server.get("networks.reserved_ip_range");
  const literal = parseRange(written);
  if (literal !== undefined) return literal;
  if (isByPrivateServices(graph, server) === false) return undefined;
  const named = written ?? server.get("settings.ip_configuration.allocated_ip_range");
  if (named !== undefined) {
    const target = graph.target(named, ["google_compute_global_address"], server);
    return target.kind === "resource" ? allocated(target.resource) : undefined;
  }
  const home = networkOfServer(graph, server);
  const ranges = graph
    .all("google_service_networking_connection")
    .filter((connection) => same(networkOf(graph, connection.get("network"), connection), home))
    .flatMap((connection) =>
      list(connection.get("reserved_peering_ranges")).map((name) => [name, connection] as const),
    )
    .map(([name, connection]) => graph.target(name, ["google_compute_global_address"], connection));
  const [only] = ranges;
  return ranges.length === 1 && only?.kind === "resource" ? allocated(only.resource) : undefined;
}

/** The range of an address reserved for private services access; undefined where Google chooses it. */
export function allocated(address: Resource): Range | undefined {
  return parseRange(`${address.string("address")}/${address.number("prefix_length")}`);
}
