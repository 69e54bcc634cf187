import type { Value } from "../../graph/index.ts";
import { references } from "../references.ts";
import type { Rule } from "../rule.ts";
import { follow, loadBalancerTypes } from "./load-balancer.ts";
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
