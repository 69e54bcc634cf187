import { nameOf } from "../../analysis/references/names.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

const PATH = "settings.ip_configuration";

/** The built-in socket to a public address does not work when all traffic goes through the VPC. */
export const publicSocket: Rule = {
  id: "reachability/public-socket",
  why: "The Cloud SQL volume reaches an instance with a public address over the internet, which ALL_TRAFFIC takes away from it.",
  limit: "no Cloud SQL volume of an instance without private_network together with egress ALL_TRAFFIC",
  fix: "Give the instance a private address and connect to it on TCP 5432, or use PRIVATE_RANGES_ONLY.",
  source: "https://docs.cloud.google.com/run/docs/issues",
  *check(graph) {
    for (const workload of workloads(graph)) {
      const inside = workload.vpcAccess.attached;
      if (workload.vpcAccess.egress !== "ALL_TRAFFIC" || !inside) continue;
      for (const value of workload.sqlVolumes.flatMap(({ instances }) => instances)) {
        const target = graph.target(value, ["google_sql_database_instance"], workload.resource);
        if (target.kind !== "resource") continue;
        const instance = target.resource;
        if (instance.boolean(`${PATH}.ipv4_enabled`) === false) continue;
        const only = instance.get(`${PATH}.private_network`) === undefined;
        yield {
          resource: workload.resource,
          severity: only ? "error" : "warning",
          message: `egress is ALL_TRAFFIC, but its Cloud SQL volume reaches "${nameOf(instance) ?? instance.address}" (${instance.address}) by ${only ? "its public address, the only one it has" : "its public address although it has a private one"}; fails at run time: the socket does not connect.`,
        };
      }
    }
  },
};
