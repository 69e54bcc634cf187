import { durations } from "../durations.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: `all its versions are destroyed ${durations.secretVersionsGone.value}; services that read it no longer start`,
  replaced: `all its versions are destroyed ${durations.secretVersionsGone.value} and the new one is empty; services that read it no longer start`,
  holdsData: true,
};

/** Secret of Secret Manager. */
export const secretManagerSecret: readonly ResourceType[] = [
  {
    type: "google_secret_manager_secret",
    label: "secret",
    nameAttribute: "secret_id",
    nameScope: "project",
    collection: "secrets",
    externalKind: "secret",
    importId: "projects/{project}/secrets/{name}",
    requiredRole: ["create", "delete", "get", "list", "update"].map(
      (verb) => `secretmanager.secrets.${verb}`,
    ),
    deleteImpact,
  },
  {
    type: "google_secret_manager_regional_secret",
    label: "secret",
    nameAttribute: "secret_id",
    deleteImpact,
  },
];
