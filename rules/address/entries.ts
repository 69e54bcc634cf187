import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import { connectorSubnetwork } from "../reachability/network.ts";
import { type Workload, workloads } from "../reachability/workload.ts";

/** A subnet in which Cloud Run instances have addresses of their own (Direct VPC egress), and who they are. */
export interface DirectSubnet {
  readonly subnet: Resource;
  readonly workloads: readonly Workload[];
}

/** The subnets of the input that workloads enter directly. */
export function directSubnets(graph: Graph): DirectSubnet[] {
  const users = new Map<Resource, Workload[]>();
  for (const workload of workloads(graph)) {
    for (const { subnetwork } of workload.interfaces) {
      const target = graph.target(subnetwork, ["google_compute_subnetwork"], workload.resource);
      if (target.kind !== "resource") continue;
      users.set(target.resource, [...(users.get(target.resource) ?? []), workload]);
    }
  }
  return [...users].map(([subnet, found]) => ({ subnet, workloads: found }));
}

/** The subnets of the input that connectors stand in. */
export function connectorSubnets(graph: Graph): { connector: Resource; subnet: Resource }[] {
  return graph.all("google_vpc_access_connector").flatMap((connector) => {
    const subnet = connectorSubnetwork(graph, connector);
    return subnet === undefined ? [] : [{ connector, subnet }];
  });
}

/** The resources whose range the clients of databases have their addresses from. */
export function clientRanges(graph: Graph): Set<Resource> {
  return new Set([
    ...graph.all("google_vpc_access_connector"),
    ...connectorSubnets(graph).map(({ subnet }) => subnet),
    ...directSubnets(graph).map(({ subnet }) => subnet),
  ]);
}
