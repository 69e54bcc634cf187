import type { ResourceType } from "../resource-type.ts";
import { keepAlive } from "./keep-alive.ts";

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
    nameScope: "project",
    collection: "targetHttpProxies",
    requiredRole: "roles/compute.loadBalancerAdmin",
    references: { url_map: ["google_compute_url_map"] },
    deleteImpact,
    fieldRules: [keepAlive],
  },
  {
    type: "google_compute_region_target_http_proxy",
    label: "HTTP proxy",
    nameScope: "region",
    references: { url_map: ["google_compute_region_url_map"] },
    deleteImpact,
    fieldRules: [keepAlive],
  },
  { type: "google_compute_target_tcp_proxy", label: "HTTP proxy", deleteImpact },
];
