import { isAbandoned } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) =>
    isAbandoned(before)
      ? undefined
      : "its value is destroyed permanently; services that are pinned to it no longer start",
  replaced: ({ before }) =>
    isAbandoned(before)
      ? undefined
      : "its value is destroyed permanently and the new one has another number; services that are pinned to it no longer start",
  holdsData: true,
};

/** Version of a secret. */
export const secretManagerSecretVersion: readonly ResourceType[] = [
  {
    type: "google_secret_manager_secret_version",
    label: "secret version",
    nameAttribute: null,
    deleteImpact,
  },
  { type: "google_secret_manager_regional_secret_version", label: "secret version", deleteImpact },
];
