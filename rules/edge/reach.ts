import { loadBalancerTypes } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { references } from "../../analysis/references/references.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { FORWARDING_DOC } from "./sources.ts";

/** Every attribute but those that another rule compares, with more than the reach. */
const CHECKED_ELSEWHERE = new Set(["ip_address", "backend.group"]);

/** The parts of a load balancer are all global, or all of one region. */
export const reach: Rule = {
  id: "edge/reach",
  why: "A global part of a load balancer cannot use a regional one, nor the reverse.",
  limit: "global with global, regional with regional",
  fix: "Use the resource type of the same reach (google_compute_region_... or google_compute_...) on both sides.",
  source: FORWARDING_DOC,
  *check(graph) {
    for (const { resource, attribute, values, types } of references(graph, loadBalancerTypes)) {
      if (CHECKED_ELSEWHERE.has(attribute)) continue;
      const refused = types.map(otherReach).filter((type) => !types.includes(type));
      yield* otherRegion(graph, resource, attribute, values, types);
      const found = values.map((value) => follow(graph, reference(value), refused, resource));
      for (const other of new Set(found)) {
        if (other === undefined) continue;
        const [own, its] = /_region_/.test(other.type) ? ["global", "regional"] : ["regional", "global"];
        yield {
          resource,
          message: `${attribute} is ${other.address}, which is ${its}; rejected by the API: a ${own} part takes ${own} parts only.`,
        };
      }
    }
  },
};

/** Regional parts of two regions do not make one load balancer. */
function* otherRegion(
  graph: Graph,
  resource: Resource,
  attribute: string,
  values: readonly Value[],
  types: readonly string[],
): Iterable<Violation> {
  const own = REGIONAL.test(resource.type) ? graph.region(resource) : undefined;
  const parts = new Set(values.map((value) => follow(graph, value, types, resource)));
  for (const part of parts) {
    const its = part && REGIONAL.test(part.type) ? graph.region(part) : undefined;
    if (own === undefined || part === undefined || its === undefined || own === its) continue;
    yield {
      resource,
      message: `it is in ${own}, and ${attribute} is ${part.address} in ${its}; rejected by the API: the parts of a regional load balancer are in one region.`,
      fix: `Name a part in ${own}.`,
    };
  }
}

/** Types of load balancer parts that have a region; forwarding rules without "global" are regional as well. */
const REGIONAL = /^google_compute_(region_|forwarding_rule$)/;

/** google_compute_region_url_map for google_compute_url_map, and the reverse. */
function otherReach(type: string): string {
  return type.includes("_region_")
    ? type.replace("_region_", "_")
    : type.replace("google_compute_", "google_compute_region_");
}

/** A short name may be that of a resource of either reach. */
function reference(value: Value | undefined): Value | undefined {
  return typeof value === "string" ? undefined : value;
}
