import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the traffic that it carries is lost, or the apply fails while it is in use",
  replaced: ({ createBeforeDestroy }) =>
    createBeforeDestroy
      ? undefined
      : "the traffic that it carries is lost, or the apply fails while it is in use",
};

/** TLS front ends of a load balancer. */
export const computeTargetHttpsProxies: readonly ResourceType[] = [
  {
    type: "google_compute_target_https_proxy",
    label: "HTTPS proxy",
    collection: "targetHttpsProxies",
    requiredRole: "roles/compute.loadBalancerAdmin",
    deleteImpact,
  },
  { type: "google_compute_region_target_https_proxy", label: "HTTPS proxy", deleteImpact },
  { type: "google_compute_target_ssl_proxy", label: "HTTPS proxy", deleteImpact },
];
