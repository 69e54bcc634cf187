import type { ResourceType } from "../resource-type.ts";
import { urlMapRules } from "./compute-url-map/rules.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the traffic that it carries is lost, or the apply fails while it is in use",
  replaced: ({ createBeforeDestroy }) =>
    createBeforeDestroy
      ? undefined
      : "the traffic that it carries is lost, or the apply fails while it is in use",
};

/** URL maps. */
export const computeUrlMaps: readonly ResourceType[] = [
  {
    type: "google_compute_url_map",
    label: "URL map",
    nameScope: "project",
    collection: "urlMaps",
    requiredRole: "roles/compute.loadBalancerAdmin",
    references: { default_service: ["google_compute_backend_service", "google_compute_backend_bucket"] },
    deleteImpact,
    fieldRules: urlMapRules,
  },
  {
    type: "google_compute_region_url_map",
    label: "URL map",
    nameScope: "region",
    references: { default_service: ["google_compute_region_backend_service"] },
    deleteImpact,
    fieldRules: urlMapRules,
  },
];
