import { type Share, shareOf, sumText, total } from "../../analysis/capacity/shares.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { connectorLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** Mbit/s that every instance should have: in I-1 each of 46 instances had 22 Mbit/s of a connector at its maximum, and requests failed. */
export const MIN_THROUGHPUT_PER_INSTANCE = 25;

/** What every instance gets of its connector at full scale. */
export const connectorLoad: Rule = {
  id: "capacity/connector-load",
  why: "One connector for all services is shared by every instance of both revisions; beyond its throughput, packets are dropped and database connections time out.",
  limit: `throughput of the connector / instances at full scale >= ${MIN_THROUGHPUT_PER_INSTANCE} Mbit/s (advice)`,
  fix: "Raise max_instances (at most 10), choose machine_type e2-standard-4, or move a service to Direct VPC egress.",
  source: connectorLimits.throughputPerInstance.source,
  exampleSeverity: "warning",
  *check(graph) {
    for (const [connector, shares] of sharesByConnector(graph)) {
      const throughput = throughputOf(connector);
      const instances = total(shares);
      if (throughput === undefined || throughput >= instances * MIN_THROUGHPUT_PER_INSTANCE) continue;
      yield {
        resource: connector,
        severity: "warning",
        message: `at full scale ${instances} instances share its ${throughput} Mbit/s: ${sumText(shares)}; that is ${Math.floor(throughput / instances)} Mbit/s for each, and beyond it packets are dropped.`,
      };
    }
  },
};

/** The instances, of both revisions, that go through each connector. */
export function sharesByConnector(graph: Graph): Map<Resource, Share[]> {
  const users = new Map<Resource, Share[]>();
  for (const workload of workloads(graph)) {
    const target = graph.target(
      workload.vpcAccess.connector,
      ["google_vpc_access_connector"],
      workload.resource,
    );
    const share = shareOf(graph, workload, 1);
    if (target.kind !== "resource" || share === undefined || !share.certain) continue;
    // One task at a time does not scale: next to dozens of instances it only tips the sum over the edge of the advice.
    if (workload.kind === "job" && share.amount === 1) continue;
    users.set(target.resource, [...(users.get(target.resource) ?? []), share]);
  }
  return users;
}

/** Mbit/s at its maximum; undefined where it cannot be known. */
export function throughputOf(connector: Resource): number | undefined {
  const written = connector.number("max_throughput");
  const instances = connector.number("max_instances");
  if (!instances) return written;
  const machine = connector.string("machine_type") ?? connectorLimits.defaultMachineType.value;
  const each = connectorLimits.throughputPerInstance.value[machine];
  return each === undefined ? undefined : each * instances;
}
