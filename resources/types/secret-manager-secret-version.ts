import { atLeastOneOf, size } from "../constraints/index.ts";
import { isAbandoned } from "../impact.ts";
import { secretLimits as limits } from "../limits.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

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

const fieldRules: readonly FieldRule[] = [
  {
    id: "identity/secret-shape",
    source: limits.payload.source,
    constraints: [
      // A plan or state shows neither a sensitive nor a write-only value for certain.
      atLeastOneOf(["secret_data", "secret_data_wo", "secret_data_wo_version"], {
        when: { id: [undefined] },
      }),
      size("secret_data", "bytes", { high: limits.payload }),
    ],
  },
];

/** Version of a secret. */
export const secretManagerSecretVersion: readonly ResourceType[] = [
  {
    type: "google_secret_manager_secret_version",
    label: "secret version",
    nameAttribute: null,
    references: { secret: ["google_secret_manager_secret"] },
    deleteImpact,
    fieldRules,
  },
  {
    type: "google_secret_manager_regional_secret_version",
    label: "secret version",
    deleteImpact,
    fieldRules,
  },
];
