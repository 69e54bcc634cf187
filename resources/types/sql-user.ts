import { choice, forbidden } from "../constraints/index.ts";
import { isAbandoned } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";

/** User of a Cloud SQL instance. */
export const sqlUser: ResourceType = {
  type: "google_sql_user",
  label: "database user",
  references: { instance: ["google_sql_database_instance"] },
  deleteImpact: {
    destroyed: ({ before }) =>
      isAbandoned(before) ? undefined : "clients that log in with it can no longer connect",
    replaced: ({ before }) =>
      isAbandoned(before) ? undefined : "clients that log in with it cannot connect until the new one exists",
  },
  fieldRules: [
    {
      id: "data/sql-user",
      source: "https://docs.cloud.google.com/sql/docs/postgres/add-manage-iam-users",
      constraints: [
        forbidden(["password", "password_wo"], {
          when: { type: [/^CLOUD_IAM_/, "ENTRAID_USER"] },
          severity: "warning",
          because: "an IAM user logs in with a token",
          fix: "Remove the password.",
        }),
      ],
    },
    {
      id: "data/choices",
      source: "https://docs.cloud.google.com/sql/docs/postgres/admin-api/rest/v1/users",
      constraints: [
        choice("type", [
          "BUILT_IN",
          "CLOUD_IAM_USER",
          "CLOUD_IAM_SERVICE_ACCOUNT",
          "CLOUD_IAM_GROUP",
          "CLOUD_IAM_GROUP_USER",
          "CLOUD_IAM_GROUP_SERVICE_ACCOUNT",
          "CLOUD_IAM_WORKFORCE_IDENTITY",
          "ENTRAID_USER",
        ]),
      ],
    },
  ],
};
