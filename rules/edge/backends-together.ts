import { isServerless, serverlessServices } from "../../analysis/load-balancing/load-balancer.ts";
import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

/** Backends that may be in one backend service. */
export const backendsTogether: Rule = {
  id: "edge/backends-together",
  why: "A backend service takes one serverless NEG per region, and no other kind of backend together with serverless NEGs.",
  limit: "one serverless NEG per region; a regional backend service has exactly one",
  fix: "Give each Cloud Run service its own backend service and route between them in the URL map.",
  source: loadBalancerLimits.serverlessNegsPerRegion.source,
  *check(graph) {
    for (const { service, backends, negs } of serverlessServices(graph)) {
      yield* perRegion(graph, service, negs);
      const other = backends.find(({ group }) => group !== undefined && !isServerless(group))?.group;
      if (other !== undefined)
        yield {
          resource: service,
          message: `backends are the serverless NEG ${negs[0]?.address} and ${other.address}, which is of another kind; rejected by the API: serverless NEGs are not mixed with others.`,
        };
      const instances = backends.find(({ block }) => isInstanceGroup(block.get("group")));
      if (instances !== undefined)
        yield {
          resource: service,
          message: `backends are the serverless NEG ${negs[0]?.address} and an instance group; rejected by the API: serverless NEGs are not mixed with others.`,
        };
    }
  },
};

function* perRegion(graph: Graph, service: Resource, negs: readonly Resource[]): Iterable<Violation> {
  const byRegion = new Map<string, Resource>();
  const regional = service.type === "google_compute_region_backend_service";
  for (const neg of new Set(negs)) {
    const region = regional ? "its region" : graph.region(neg);
    if (region === undefined) continue;
    const first = byRegion.get(region);
    if (first === undefined) byRegion.set(region, neg);
    else
      yield {
        resource: service,
        message: `backends are ${first.address} and ${neg.address}, both serverless NEGs in ${region}; rejected by the API: a backend service takes one per region.`,
      };
  }
}

function isInstanceGroup(group: Value | undefined): boolean {
  return isUnknown(group)
    ? group.references.some(({ address }) => /(^|\.)google_compute_(region_)?instance_group/.test(address))
    : typeof group === "string" && /\/instanceGroups\//.test(group);
}
