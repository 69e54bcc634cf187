import type { ResourceType } from "../resource-type.ts";

/** Key of a service account. */
export const serviceAccountKey: ResourceType = {
  type: "google_service_account_key",
  label: "key of a service account",
  references: { service_account_id: ["google_service_account"] },
  deleteImpact: { destroyed: "clients that use it can no longer authenticate" },
};
