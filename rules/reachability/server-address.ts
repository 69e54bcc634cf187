import { list } from "../../analysis/lists.ts";
import { addressRange, hostRange, isInternal } from "../../analysis/network/addresses.ts";
import { attachmentOf, differ, networkOfServer } from "../../analysis/network/network.ts";
import { serverRange } from "../../analysis/network/server-range.ts";
import { needsOfVariable, recordOf } from "../../analysis/references/needs.ts";
import { endpointOf } from "../../analysis/references/text.ts";
import { type Variable, variables, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { contains, type Range } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";

const SERVERS = [
  { variable: /REDIS|CACHE|MEMORYSTORE/i, type: "google_redis_instance" },
  { variable: /POSTGRES|PG|DATABASE|DB_|MYSQL|SQL/i, type: "google_sql_database_instance" },
] as const;

/** An address that is written as a literal is the address of a server that the input defines. */
export const serverAddress: Rule = {
  id: "reachability/server-address",
  why: "A hand-written address keeps naming the old server, or none, after the server was created again.",
  limit:
    "the address lies in the range of a Redis or Cloud SQL instance of the input; better, it is a reference to it",
  fix: "Refer to the host attribute of the instance instead of writing its address.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/networking",
  *check(graph) {
    for (const workload of workloads(graph)) {
      const network = attachmentOf(graph, workload)?.network;
      for (const variable of variables(workload)) {
        const kind = SERVERS.find((candidate) => candidate.variable.test(variable.name));
        if (kind === undefined || needsOfVariable(graph, workload, variable).length > 0) continue;
        const written = writtenAddress(graph, workload.resource, variable);
        if (written === undefined || !isInternal(written.range)) continue;
        const servers = graph
          .all(kind.type)
          .filter((server) => !differ(networkOfServer(graph, server), network) && isPrivate(server));
        if (servers.length > 0) yield* judge(graph, written, servers);
      }
    }
  },
};

interface Written {
  /** Who writes the address: the workload, or the DNS record of the name that it uses. */
  readonly resource: Resource;
  readonly label: string;
  readonly range: Range;
}

function writtenAddress(graph: Graph, resource: Resource, variable: Variable): Written | undefined {
  const range = hostRange(variable);
  if (range !== undefined) return { resource, label: variable.name, range };
  const record = recordOf(graph, endpointOf(variable.value)?.host ?? "", resource);
  const [only, ...more] = list(record?.get("rrdatas"));
  const address = typeof only === "string" && more.length === 0 ? addressRange(only) : undefined;
  if (record === undefined || address === undefined) return undefined;
  return {
    resource: record,
    label: `the address of ${variable.name} of ${resource.address}`,
    range: address,
  };
}

function isPrivate(server: Resource): boolean {
  return (
    server.type === "google_redis_instance" ||
    server.get("settings.ip_configuration.private_network") !== undefined
  );
}

function* judge(
  graph: Graph,
  { resource, label, range }: Written,
  servers: readonly Resource[],
): Iterable<Violation> {
  const ranges = servers.map((server) => serverRange(graph, server));
  if (ranges.some((home) => home !== undefined && contains(home, range))) return;
  const known = ranges.every((home) => home !== undefined) && graph.complete;
  const [first] = servers;
  const address = range.cidr.replace("/32", "");
  yield {
    resource,
    severity: known ? "error" : "warning",
    message: known
      ? `${label} is ${address}, but ${servers.map((server, index) => `${server.address} is in ${ranges[index]?.cidr}`).join(" and ")}; fails at run time: nothing answers at that address.`
      : `${label} is the hand-written address ${address}, although ${first?.address} is defined here; it goes stale when that is created again.`,
    fix: `Refer to the address attribute of ${first?.address}.`,
  };
}
