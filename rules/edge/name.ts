import type { Graph, Resource } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import {
  backendServiceTypes,
  forwardingRuleTypes,
  negTypes,
  proxyTypes,
  text,
  urlMapTypes,
} from "./load-balancer.ts";
import { NAMING_DOC } from "./sources.ts";

const TYPES = [
  ...backendServiceTypes,
  ...forwardingRuleTypes,
  ...negTypes,
  ...proxyTypes,
  ...urlMapTypes,
  "google_compute_backend_bucket",
  "google_compute_global_address",
  "google_compute_health_check",
  "google_compute_managed_ssl_certificate",
  "google_compute_security_policy",
  "google_compute_ssl_policy",
];

/** Names of load balancer parts are names that Compute Engine takes. */
export const partName: Rule = {
  id: "edge/name",
  why: "Compute Engine refuses a name with capitals, underscores or dots, or of more than 63 characters; the provider checks only some of them.",
  limit: "a letter first, then lower-case letters, digits and hyphens, no hyphen last, 63 characters",
  fix: "Rename it with lower-case letters, digits and hyphens.",
  source: NAMING_DOC,
  example: `resource "google_compute_url_map" "edge" {
  name = "Edge_Map"
}`,
  *check(graph) {
    const longest = loadBalancerLimits.nameLength.value;
    yield* taken(graph);
    for (const resource of graph.all(...TYPES)) {
      const name = text(resource, "name");
      if (name === undefined || /[/$%]/.test(name)) continue;
      if (isName(name)) continue;
      const fault =
        name.length > longest
          ? `has ${name.length} characters, above ${longest}`
          : "is no name of Compute Engine";
      // Google's own examples name URL maps with underscores.
      const seen = urlMapTypes.some((type) => type === resource.type) && isName(name.replaceAll("_", "-"));
      yield {
        resource,
        severity: seen ? "warning" : "error",
        message: `the name "${name}" ${fault}: ${seen ? "its reference does not allow underscores" : "refused at apply"}.`,
      };
    }
  },
};

function isName(name: string): boolean {
  return /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= loadBalancerLimits.nameLength.value;
}

/** Two parts of one kind and name in one project are one: the second is refused. */
function* taken(graph: Graph): Iterable<Verdict> {
  const seen = new Map<string, Resource>();
  for (const resource of graph.all(...TYPES)) {
    const name = text(resource, "name");
    const project = graph.project(resource);
    const regional = /_region_|compute_forwarding_rule$/.test(resource.type);
    const place = regional ? graph.region(resource) : (resource.string("zone") ?? "global");
    if (name === undefined || project === undefined || place === undefined) continue;
    const key = `${resource.type} ${project} ${place} ${name}`;
    const first = seen.get(key);
    if (first !== undefined && first.origin === resource.origin && graph.together(first, resource))
      yield {
        resource,
        severity: "error",
        message: `the name "${name}" is also that of ${first.address}: refused at apply, it exists already.`,
        fix: "Rename one of the two.",
      };
    seen.set(key, first ?? resource);
  }
}
