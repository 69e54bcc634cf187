import { knownPieces } from "../../analysis/network/known-pieces.ts";
import { isUnknown, type Value } from "../../graph/index.ts";
import { holdsPlaceholder } from "../../resources/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const TYPES = [
  "google_compute_address",
  "google_compute_firewall",
  "google_compute_network",
  "google_compute_network_peering",
  "google_compute_route",
  "google_compute_router",
  "google_compute_router_nat",
  "google_compute_subnetwork",
];

const MAX_NAME_LENGTH = loadBalancerLimits.nameLength.value;

/** Names of networks and of what is in them. */
export const networkName: Rule = {
  id: "address/name",
  why: "Compute Engine rejects a name with capitals, underscores or dots, or of more than 63 characters; the provider checks only some of them.",
  limit: `a letter first, then lowercase letters, digits and hyphens, ${MAX_NAME_LENGTH} characters`,
  fix: "Rename it with lowercase letters, digits and hyphens.",
  source: loadBalancerLimits.nameLength.source,
  *check(graph) {
    for (const resource of graph.all(...TYPES)) {
      const fault = faultOf(resource.get("name"));
      if (fault !== undefined) yield { resource, message: `${fault}; rejected by the API: invalid name.` };
    }
  },
};

function faultOf(name: Value | undefined): string | undefined {
  const { pieces, length } = knownPieces(name);
  const written = pieces.join("…");
  if (pieces.length === 0 || holdsPlaceholder(written)) return undefined;
  if (length > MAX_NAME_LENGTH)
    return `the name "${written}" has ${isUnknown(name) ? "at least " : ""}${length} characters, above ${MAX_NAME_LENGTH}`;
  const starts = isUnknown(name) ? typeof name.parts[0] === "string" : true;
  const isName = /^[-a-z0-9…]*$/.test(written) && !(starts && /^[-0-9]/.test(written));
  return isName
    ? undefined
    : `the name "${written}" is not made of lowercase letters, digits and hyphens, a letter first`;
}
