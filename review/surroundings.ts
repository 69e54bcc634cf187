import type { Graph, Resource } from "../graph/index.ts";
import { cachesOf, databasesOf } from "../rules/capacity/pools.ts";
import { attachmentOf } from "../rules/reachability/network.ts";
import { workloads } from "../rules/workload/index.ts";
import type { PlannedChange } from "./plan/planned-change.ts";

/** What a change is judged against: everything that is there before and after all plans. */
export interface Surroundings {
  readonly before: Graph;
  readonly after: Graph;
  /** Changes of all stacks, those that change nothing included. */
  readonly changes: readonly PlannedChange[];
  /** Names of the services and jobs that use the resource as it is now; empty where there are none. */
  readonly users: (change: PlannedChange) => readonly string[];
  /** Addresses of resources whose blocks, known to be written before, are no longer in the configuration. */
  readonly writes: (change: PlannedChange, block: string) => boolean | undefined;
}

/** By which resource of the graph each is used: connectors, subnets, databases, caches. */
export function usersIn(graph: Graph): Map<Resource, string[]> {
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
}

/** "service backend", "services auth and backend"; empty where nothing uses it. */
export function services(names: readonly string[]): string {
  if (names.length === 0) return "";
  const sorted = [...names].sort();
  const last = sorted.at(-1) ?? "";
  return sorted.length === 1 ? `service ${last}` : `services ${sorted.slice(0, -1).join(", ")} and ${last}`;
}
