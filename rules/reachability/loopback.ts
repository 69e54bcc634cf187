import { endpointOf } from "../../analysis/references/text.ts";
import { variables, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

const SERVERS = [
  {
    variable: /^[A-Z_]*REDIS_?(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|URL|URI)$/i,
    type: "google_redis_instance",
  },
  {
    variable: /^(PG|[A-Z_]*(POSTGRES|DATABASE|DB|MYSQL|SQL)_?)(HOST|HOSTNAME|ADDR|ADDRESS)$/i,
    type: "google_sql_database_instance",
  },
] as const;

/** What a container calls on its own host is in a container of the same instance. */
export const loopback: Rule = {
  id: "reachability/loopback",
  why: "localhost is the instance of Cloud Run itself: no Redis and no database listens there.",
  limit: "a single container without a proxy next to it names no server on localhost or 127.0.0.1",
  fix: "Refer to the address of the instance.",
  source: "https://docs.cloud.google.com/run/docs/container-contract",
  *check(graph) {
    if (graph.all(...SERVERS.map(({ type }) => type)).length === 0) return;
    for (const workload of workloads(graph)) {
      if (workload.containers.length !== 1 || mayHoldProxy(workload)) continue;
      for (const { name, value } of variables(workload)) {
        const host = endpointOf(value)?.host ?? "";
        const kind = SERVERS.find((candidate) => candidate.variable.test(name));
        const [server] = kind === undefined ? [] : graph.all(kind.type);
        if (server === undefined || !/^(localhost|127(\.\d+){3})$/.test(host)) continue;
        yield {
          resource: workload.resource,
          message: `${name} is ${host}, the instance itself, which has no other container; fails at run time: nothing listens there, while ${server.address} is defined here.`,
          fix: `Refer to the address of ${server.address}.`,
        };
      }
    }
  },
};

/** A Cloud SQL volume, or an Auth Proxy started within the container, answers on the host itself. */
function mayHoldProxy({ sqlVolumes, resource }: Workload): boolean {
  return sqlVolumes.length > 0 || /sql[-_]?proxy/i.test(JSON.stringify(resource.values));
}
