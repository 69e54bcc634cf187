import { contains, type Range } from "../../platform/ranges.ts";
import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { isInternal } from "./addresses.ts";
import { needsOfVariable } from "./needs.ts";
import { attachmentOf, differ } from "./network.ts";
import { networkOfServer } from "./same-network.ts";
import { serverRange } from "./server-range.ts";
import { hostRange } from "./vpc-access.ts";
import { variables, workloads } from "./workload.ts";

const SERVERS = [
  { variable: /REDIS|CACHE|MEMORYSTORE/i, type: "google_redis_instance" },
  { variable: /POSTGRES|PG|DATABASE|DB_|MYSQL|SQL/i, type: "google_sql_database_instance" },
] as const;

/** I-2: an address that is written by hand is the address of a server that the input defines. */
export const serverAddress: Rule = {
  id: "reachability/server-address",
  why: "A hand-written address keeps naming the old server, or none, after the server was created anew.",
  limit:
    "the address lies in the range of a Redis or Cloud SQL instance of the input; better, it is a reference to it",
  fix: "Refer to the host attribute of the instance instead of writing its address.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/networking",
  example: `resource "google_redis_instance" "cache" {
  name              = "cache"
  memory_size_gb    = 1
  reserved_ip_range = "10.20.0.0/29"
}
resource "google_cloud_run_v2_service" "api" {
  template {
    containers {
      env {
        name  = "REDIS_HOST"
        value = "10.166.204.83"
      }
    }
  }
}`,
  *check(graph) {
    for (const workload of workloads(graph)) {
      const network = attachmentOf(graph, workload)?.network;
      for (const variable of variables(workload)) {
        const range = hostRange(variable);
        const kind = SERVERS.find((candidate) => candidate.variable.test(variable.name));
        if (range === undefined || kind === undefined || !isInternal(range)) continue;
        if (needsOfVariable(graph, workload, variable).length > 0) continue;
        const servers = graph
          .all(kind.type)
          .filter((server) => !differ(networkOfServer(graph, server), network) && isPrivate(server));
        if (servers.length === 0) continue;
        yield* judge(graph, workload.resource, variable.name, range, servers);
      }
    }
  },
};

function isPrivate(server: Resource): boolean {
  return (
    server.type === "google_redis_instance" ||
    server.get("settings.ip_configuration.private_network") !== undefined
  );
}

function* judge(
  graph: Graph,
  resource: Resource,
  variable: string,
  range: Range,
  servers: readonly Resource[],
): Iterable<Verdict> {
  const ranges = servers.map((server) => serverRange(graph, server));
  if (ranges.some((home) => home !== undefined && contains(home, range))) return;
  const known = ranges.every((home) => home !== undefined) && graph.complete;
  const [first] = servers;
  const address = range.cidr.replace("/32", "");
  yield {
    resource,
    severity: known ? "error" : "warning",
    message: known
      ? `${variable} is ${address}, but ${servers.map((server, index) => `${server.address} is in ${ranges[index]?.cidr}`).join(" and ")}; breaks at run time: nothing answers at that address.`
      : `${variable} is the hand-written address ${address}, although ${first?.address} is defined here; it goes stale when that is created anew.`,
    fix: `Refer to the address attribute of ${first?.address}.`,
  };
}
