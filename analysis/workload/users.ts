import type { Graph, Resource } from "../../graph/index.ts";

import { cachesOf, databasesOf } from "../capacity/pools.ts";
import { memoize } from "../memoize.ts";
import { attachmentOf } from "../network/network.ts";
import { workloads } from "./index.ts";

/** By connector, subnet, network, database and cache, the names of the workloads that use it. */
export const usersOf = memoize((graph: Graph): ReadonlyMap<Resource, readonly string[]> => {
  const users = new Map<Resource, string[]>();
  for (const workload of workloads(graph)) {
    const { connector, subnetwork, network } = attachmentOf(graph, workload) ?? {};
    const used = [
      connector,
      subnetwork,
      network?.resource,
      ...databasesOf(graph, workload),
      ...cachesOf(graph, workload),
    ];
    const name = workload.resource.string("name") ?? workload.resource.address;
    for (const resource of new Set(used)) {
      if (resource === undefined) continue;
      users.set(resource, [...(users.get(resource) ?? []), name]);
    }
  }
  return users;
});
