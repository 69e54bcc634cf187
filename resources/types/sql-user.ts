import { isAbandoned } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";

/** User of a Cloud SQL instance. */
export const sqlUser: ResourceType = {
  type: "google_sql_user",
  label: "database user",
  deleteImpact: {
    destroyed: ({ before }) =>
      isAbandoned(before) ? undefined : "clients that log in with it can no longer connect",
    replaced: ({ before }) =>
      isAbandoned(before) ? undefined : "clients that log in with it cannot connect until the new one exists",
  },
};
