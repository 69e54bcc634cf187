import type { ResourceType } from "../resource-type.ts";

/** API of a project. */
export const projectService: ResourceType = {
  type: "google_project_service",
  label: "API",
  nameAttribute: "service",
  requiredRole: "roles/serviceusage.serviceUsageAdmin",
  deleteImpact: {
    destroyed: ({ before }) => {
      const api = before.string("service") ?? "the API";
      return before.boolean("disable_on_destroy") === false
        ? `${api} stays enabled, but Terraform no longer manages it`
        : `${api} is disabled, and what it runs stops working`;
    },
    replaced: ({ before }) =>
      before.boolean("disable_on_destroy") === false
        ? undefined
        : `${before.string("service") ?? "the API"} is disabled for a moment, and what it runs stops working`,
  },
};
