import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the requests that are routed to it fail, or the apply fails while a URL map uses it",
  replaced: ({ createBeforeDestroy }) =>
    createBeforeDestroy
      ? undefined
      : "the requests that are routed to it fail, or the apply fails while a URL map uses it",
};

/** Backend services and buckets. */
export const computeBackendServices: readonly ResourceType[] = [
  {
    type: "google_compute_backend_service",
    label: "backend",
    collection: "backendServices",
    requiredRole: "roles/compute.loadBalancerAdmin",
    deleteImpact,
  },
  {
    type: "google_compute_region_backend_service",
    label: "backend",
    collection: "backendServices",
    deleteImpact,
  },
  { type: "google_compute_backend_bucket", label: "backend", collection: "backendBuckets", deleteImpact },
];
