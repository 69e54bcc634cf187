import type { ResourceType } from "../resource-type.ts";

/** Service account. */
export const serviceAccount: ResourceType = {
  type: "google_service_account",
  label: "service account",
  nameAttribute: "account_id",
  nameScope: "project",
  collection: "serviceAccounts",
  externalKind: "service-account",
  importId: "projects/{project}/serviceAccounts/{name}@{project}.iam.gserviceaccount.com",
  derived: {
    email: "{account_id}@{project}.iam.gserviceaccount.com",
    member: "serviceAccount:{account_id}@{project}.iam.gserviceaccount.com",
  },
  requiredRole: ["create", "delete", "get", "list", "update"].map((verb) => `iam.serviceAccounts.${verb}`),
  deleteImpact: {
    destroyed:
      "whatever runs as it fails; its grants are lost and do not come back with a new one of the same name",
    replaced:
      "whatever runs as it fails until it is restarted; its grants are lost and do not come back with a new one of the same name",
  },
};
