import type { Graph, Resource } from "../../graph/index.ts";
import { follow } from "../references/follow.ts";
import { serviceTypes, type Workload, workloadOf } from "../workload/index.ts";
import { frontEnds, isExternal, isServerless, schemeOf, serverlessServices } from "./load-balancer.ts";

/** A Cloud Run service that an external load balancer serves, and what leads to it. */
export interface Exposure {
  readonly workload: Workload;
  readonly neg: Resource;
  readonly backend: Resource;
  /** True where a forwarding rule of the input leads to the backend service. */
  readonly reachable: boolean;
}

/** Services behind external load balancers, as far as the input defines what leads to them. */
export function exposures(graph: Graph): Exposure[] {
  const routed = new Set(
    frontEnds(graph)
      .filter(({ rule }) => isExternal(schemeOf(rule)))
      .flatMap(({ services }) => services),
  );
  const found: Exposure[] = [];
  for (const { service: backend, negs } of serverlessServices(graph)) {
    if (!isExternal(schemeOf(backend))) continue;
    for (const neg of negs.filter(isServerless)) {
      const service = follow(graph, neg.get("cloud_run.service"), serviceTypes, neg);
      const workload = service === undefined ? undefined : workloadOf(service);
      if (workload !== undefined) found.push({ workload, neg, backend, reachable: routed.has(backend) });
    }
  }
  return found;
}
