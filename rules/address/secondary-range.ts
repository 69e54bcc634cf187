import { type Graph, isUnknown } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { SUBNETS } from "./sources.ts";

const NAMES = ["cluster_secondary_range_name", "services_secondary_range_name"] as const;

/** A cluster takes the addresses of pods and services from ranges that its subnet has. */
export const secondaryRange: Rule = {
  id: "address/secondary-range",
  why: "A cluster names the secondary ranges of its subnet by text; a name that the subnet does not have fails the apply.",
  limit:
    "cluster_secondary_range_name and services_secondary_range_name are secondary ranges of the subnet; each range_name once",
  fix: "Write the range_name of a secondary_ip_range of the subnet.",
  source: SUBNETS,
  *check(graph) {
    yield* twice(graph);
    for (const resource of graph.all("google_container_cluster")) {
      const target = graph.target(resource.get("subnetwork"), ["google_compute_subnetwork"], resource);
      if (target.kind !== "resource") continue;
      const subnet = target.resource;
      const written = subnet.get("secondary_ip_range");
      if (isUnknown(written) || (Array.isArray(written) && written.some(isUnknown))) continue;
      const names = subnet.blocks("secondary_ip_range").map((range) => range.get("range_name"));
      if (names.some(isUnknown)) continue;
      for (const attribute of NAMES) {
        const name = resource.string(`ip_allocation_policy.${attribute}`);
        if (name === undefined || name === "" || names.includes(name)) continue;
        yield {
          resource,
          message: `${attribute} is "${name}", and ${subnet.address} has ${names.length === 0 ? "no secondary range" : names.map((known) => `"${String(known)}"`).join(", ")}; rejected by the API: the range does not exist.`,
        };
      }
    }
  },
};

function* twice(graph: Graph): Iterable<Violation> {
  for (const resource of graph.all("google_compute_subnetwork")) {
    const names = resource.blocks("secondary_ip_range").map((range) => range.string("range_name"));
    const repeated = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
    if (repeated !== undefined)
      yield {
        resource,
        message: `two secondary ranges are named "${repeated}"; rejected by the API: range_name is unique in a subnet.`,
        fix: "Rename one of the two.",
      };
  }
}
