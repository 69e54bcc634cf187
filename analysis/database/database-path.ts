import { type Graph, isUnknown, type Value } from "../../graph/index.ts";
import { addressRange, isInternal } from "../network/addresses.ts";
import type { Workload } from "../workload/index.ts";

const HOSTS = ["POSTGRES_HOST", "DATABASE_HOST", "DB_HOST", "PGHOST"] as const;
const INSTANCES = ["CLOUD_SQL_INSTANCE", "INSTANCE_CONNECTION_NAME", "CLOUDSQL_INSTANCE"] as const;

/** How the database is reached: through a connector, from addresses of its own in the VPC, or outside the VPC. */
export type DatabasePath = "connector" | "direct" | "outside";

/** The network path from the workload to its database, as far as the input shows it. */
export function databasePath(
  graph: Graph,
  workload: Workload,
  variables: ReadonlyMap<string, Value>,
): DatabasePath {
  const { connector, attached, egress } = workload.vpcAccess;
  const through = connector !== undefined ? "connector" : attached ? "direct" : "outside";
  if (through === "outside" || egress === "ALL_TRAFFIC") return through;
  const host = first(variables, HOSTS);
  const range = typeof host === "string" ? addressRange(host) : undefined;
  if (range !== undefined && !isInternal(range)) return "outside";
  const instance = graph.target(
    first(variables, INSTANCES) ?? socketInstance(host),
    ["google_sql_database_instance"],
    workload.resource,
  );
  if (
    instance.kind === "resource" &&
    usesSocket(workload, host) &&
    hasPublicAddressOnly(instance.resource.get("settings.ip_configuration.private_network"))
  )
    return "outside";
  return through;
}

/** What the workload calls its database: two workloads with the same key use the same one. */
export function databaseKey(variables: ReadonlyMap<string, Value>): string | undefined {
  const named = first(variables, INSTANCES) ?? first(variables, HOSTS);
  if (typeof named === "string") return named;
  if (!isUnknown(named)) return undefined;
  const [reference] = named.references;
  return reference === undefined || named.references.length > 1 ? undefined : reference.address;
}

function first(variables: ReadonlyMap<string, Value>, names: readonly string[]): Value | undefined {
  for (const name of names) {
    const value = variables.get(name);
    if (value !== undefined && value !== "") return value;
  }
  return undefined;
}

function socketInstance(host: Value | undefined): string | undefined {
  return typeof host === "string" && host.startsWith("/cloudsql/")
    ? host.slice("/cloudsql/".length)
    : undefined;
}

function usesSocket(workload: Workload, host: Value | undefined): boolean {
  return socketInstance(host) !== undefined || workload.sqlVolumes.length > 0;
}

function hasPublicAddressOnly(privateNetwork: Value | undefined): boolean {
  return privateNetwork === undefined || privateNetwork === "";
}
