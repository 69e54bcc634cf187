import type { Graph, Resource } from "../../graph/index.ts";
import { groupBy } from "../lists.ts";
import { memoize } from "../memoize.ts";
import { type Workload, workloads } from "../workload/index.ts";
import { connectorSubnetwork } from "./network.ts";

/** A subnet in which Cloud Run instances have addresses of their own (Direct VPC egress), and who they are. */
export interface DirectSubnet {
  readonly subnet: Resource;
  readonly workloads: readonly Workload[];
}

/** The subnets of the input that workloads enter directly. */
export const directSubnets = memoize((graph: Graph): readonly DirectSubnet[] => {
  const users = workloads(graph).flatMap((workload) =>
    workload.vpcAccess.interfaces.flatMap(({ subnetwork }) => {
      const target = graph.target(subnetwork, ["google_compute_subnetwork"], workload.resource);
      return target.kind === "resource" ? [{ subnet: target.resource, workload }] : [];
    }),
  );
  return [...groupBy(users, ({ subnet }) => subnet)].map(([subnet, found]) => ({
    subnet,
    workloads: found.map(({ workload }) => workload),
  }));
});

/** The subnets of the input that connectors are in, each with its connectors in input order. */
export const connectorSubnets = memoize((graph: Graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const users = new Map<Resource, Resource[]>();
  for (const connector of graph.all("google_vpc_access_connector")) {
    const subnet = connectorSubnetwork(graph, connector);
    if (subnet !== undefined) users.set(subnet, [...(users.get(subnet) ?? []), connector]);
  }
  return users;
});

/** The resources whose range the clients of databases have their addresses from. */
export const clientRanges = memoize(
  (graph: Graph): ReadonlySet<Resource> =>
    new Set([
      ...graph.all("google_vpc_access_connector"),
      ...connectorSubnets(graph).keys(),
      ...directSubnets(graph).map(({ subnet }) => subnet),
    ]),
);
