import { form, size } from "../constraints/index.ts";
import { iamLimits as limits } from "../limits.ts";
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
  fieldRules: [
    {
      id: "identity/account-id",
      why: "IAM rejects a service account whose id is too short, too long or has other characters.",
      fix: "Choose an id of that form.",
      source: limits.accountIdLow.source,
      constraints: [
        form("account_id", /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/, {
          outcome: "rejected at plan",
          form: `${limits.accountIdLow.value} to ${limits.accountIdHigh.value} lowercase letters, digits and hyphens, a letter first and no hyphen last`,
          examples: ["api-runtime"],
          longest: limits.accountIdHigh,
          signs: /^[-a-z0-9]*$/,
        }),
        size("description", "bytes", { high: limits.accountDescription }),
        size("display_name", "bytes", { high: limits.accountDisplayName }),
      ],
    },
  ],
  deleteImpact: {
    destroyed:
      "whatever runs as it fails; its grants are lost and do not come back with a new one of the same name",
    replaced:
      "whatever runs as it fails until it is restarted; its grants are lost and do not come back with a new one of the same name",
  },
};
