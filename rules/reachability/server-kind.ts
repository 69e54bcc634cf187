import { needsOfVariable, recordOf, serverLabel } from "../../analysis/references/needs.ts";
import { endpointOf } from "../../analysis/references/text.ts";
import { type Variable, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const SERVER = "(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|URL|URI|SERVER)$";
const KINDS = {
  redis: new RegExp(`(^|_)(REDIS|MEMORYSTORE)_?${SERVER}`, "i"),
  sql: new RegExp(`(^|_)(POSTGRES|POSTGRESQL|PG|MYSQL|CLOUD_?SQL)_?${SERVER}`, "i"),
} as const;

/** The host of Redis is a Redis instance, that of the database a Cloud SQL instance. */
export const serverKind: Rule = {
  id: "reachability/server-kind",
  why: "A client that finds another kind of server at the address does not understand what it answers.",
  limit: "REDIS_HOST and its like lead to Redis, POSTGRES_HOST and its like to Cloud SQL",
  fix: "Refer to the host of the server that the variable names.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/connect-redis-instance-cloud-run",
  *check(graph) {
    for (const workload of workloads(graph)) {
      for (const variable of workload.containers.flatMap(({ env }) => env))
        yield* judge(graph, workload, variable);
    }
  },
};

function* judge(graph: Graph, workload: Workload, variable: Variable): Iterable<Violation> {
  const needs = needsOfVariable(graph, workload, variable);
  const [need] = needs;
  const meant = (["redis", "sql"] as const).filter((kind) => KINDS[kind].test(variable.name));
  const [kind] = meant;
  if (need === undefined || kind === undefined || meant.length > 1) return;
  // A password, or a certificate, of one server may are in the URL of another.
  if (needs.some((one) => one.kind === kind || one.kind === "machine")) return;
  const record = recordOf(graph, endpointOf(variable.value)?.host ?? "", workload.resource);
  for (const resource of record === undefined ? [workload.resource] : [record, workload.resource]) {
    yield {
      resource,
      message: `${variable.name} of ${workload.resource.address} leads to ${serverLabel(need)} (${need.target.address}); fails at run time: that server does not speak the protocol.`,
    };
  }
}
