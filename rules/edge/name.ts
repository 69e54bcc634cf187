import {
  backendServiceTypes,
  forwardingRuleTypes,
  negTypes,
  proxyTypes,
  text,
  urlMapTypes,
} from "../../analysis/load-balancing/load-balancer.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import { plural } from "../../values/words.ts";
import type { Rule } from "../rule.ts";
import { NAMING_DOC } from "./sources.ts";

const longest = loadBalancerLimits.nameLength.value;

const form = `at most ${longest} lowercase letters, digits and hyphens, a letter first and no hyphen last`;

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

/** Names of load balancer parts have the form that Compute Engine takes. */
export const partName: Rule = {
  id: "edge/name",
  why: "Compute Engine rejects a name with capitals, underscores or dots, or one that is too long; the provider checks only some of them.",
  limit: form,
  fix: 'Rename it with lowercase letters, digits and hyphens, for example "edge-map".',
  source: NAMING_DOC,
  *check(graph) {
    for (const resource of graph.all(...TYPES)) {
      const name = text(resource, "name");
      if (name === undefined || /[/$%]/.test(name)) continue;
      if (isName(name)) continue;
      // Google's own examples name URL maps with underscores.
      const isAdvice =
        urlMapTypes.some((type) => type === resource.type) && isName(name.replaceAll("_", "-"));
      yield {
        resource,
        severity: isAdvice ? "warning" : "error",
        message: `name is "${name}" (${plural(name.length, "character")}); rejected by the API: it must be ${form}.`,
      };
    }
  },
};

function isName(name: string): boolean {
  return /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= longest;
}
