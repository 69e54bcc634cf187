import { isAbandoned } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => (isAbandoned(before) ? undefined : "all tables in it are deleted"),
  holdsData: true,
};

/** Database of an instance, and Spanner's. */
export const sqlDatabase: readonly ResourceType[] = [
  {
    type: "google_sql_database",
    label: "database",
    nameScope: "parent",
    importId: "projects/{project}/instances/{parent}/databases/{name}",
    requiredRole: "roles/cloudsql.admin",
    references: { instance: ["google_sql_database_instance"] },
    deleteImpact,
  },
  {
    type: "google_sql_ssl_cert",
    label: "client certificate",
    references: { instance: ["google_sql_database_instance"] },
  },
  { type: "google_spanner_database", label: "database", deleteImpact },
];
