import type { ResourceType } from "../resource-type.ts";

/** Grant of Identity-Aware Proxy. */
export const iapWebIamMember: ResourceType = {
  type: "google_iap_web_iam_member",
  label: "grant",
  nameAttribute: "web_backend_service",
};
