import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the traffic that it carries is lost, or the apply fails while it is in use",
  replaced: ({ createBeforeDestroy }) =>
    createBeforeDestroy
      ? undefined
      : "the traffic that it carries is lost, or the apply fails while it is in use",
};

/** Front ends of a load balancer without TLS. */
export const computeTargetHttpProxies: readonly ResourceType[] = [
  {
    type: "google_compute_target_http_proxy",
    label: "HTTP proxy",
    collection: "targetHttpProxies",
    requiredRole: "roles/compute.loadBalancerAdmin",
    deleteImpact,
  },
  { type: "google_compute_region_target_http_proxy", label: "HTTP proxy", deleteImpact },
  { type: "google_compute_target_tcp_proxy", label: "HTTP proxy", deleteImpact },
];
