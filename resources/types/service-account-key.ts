import { form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Key of a service account. */
export const serviceAccountKey: ResourceType = {
  type: "google_service_account_key",
  label: "key of a service account",
  references: { service_account_id: ["google_service_account"] },
  fieldRules: [
    {
      id: "identity/account-id",
      source: "https://docs.cloud.google.com/iam/docs/keys-create-delete",
      constraints: [
        form("service_account_id", /@|^\d+$|^projects\/[^/]+\/serviceAccounts\/[^/]+$/, {
          form: "the email or the full name of an account",
          examples: ["runner@acme-orders.iam.gserviceaccount.com"],
        }),
      ],
    },
  ],
  deleteImpact: { destroyed: "clients that use it can no longer authenticate" },
};
