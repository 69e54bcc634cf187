import { follow } from "../../analysis/references/follow.ts";
import { valuesAt } from "../../analysis/references/references.ts";
import { regionOfPlace } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

/** What is in one region, and the types that an attribute of it names in that region only. */
const NAMED: readonly (readonly [type: string, path: string, types: readonly string[], what: string])[] = [
  ["google_compute_router_nat", "nat_ips", ["google_compute_address"], "a gateway has addresses"],
  ["google_compute_router_nat", "drain_nat_ips", ["google_compute_address"], "a gateway has addresses"],
  [
    "google_cloud_run_domain_mapping",
    "spec.route_name",
    ["google_cloud_run_v2_service", "google_cloud_run_service"],
    "a domain leads to a service",
  ],
  [
    "google_compute_service_attachment",
    "target_service",
    ["google_compute_forwarding_rule"],
    "an attachment publishes a load balancer",
  ],
  [
    "google_compute_region_autoscaler",
    "target",
    ["google_compute_region_instance_group_manager"],
    "an autoscaler moves a group",
  ],
];

/** What is regional names what is in its own region. */
export const sameRegion: Rule = {
  id: "reachability/same-region",
  why: "What is in one region sees only what is in that region; a name of another region is not found.",
  limit: `one region: ${NAMED.map(([type, path]) => `${path} of ${type}`).join(", ")}`,
  fix: "Create both in one region.",
  source: "https://docs.cloud.google.com/compute/docs/regions-zones/global-regional-zonal-resources",
  *check(graph) {
    for (const [type, path, types, what] of NAMED)
      for (const resource of graph.all(type)) {
        const home = regionOfPlace(graph.region(resource));
        if (home === undefined) continue;
        for (const value of valuesAt(resource, path)) {
          const named = follow(graph, value, types, resource);
          const region = named && graph.region(named);
          if (named === undefined || region === undefined || region === home) continue;
          yield {
            resource,
            message: `it is in ${home}, and ${named.address} in ${region}; rejected by the API: ${what} of its own region.`,
            fix: `Create it in ${region}, or name one of ${home}.`,
          };
        }
      }
  },
};
