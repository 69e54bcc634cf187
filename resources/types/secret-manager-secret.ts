import type { Attributes } from "../attributes.ts";
import { anything, atLeastOneOf, atMostOneOf, custom, duration, form, unique } from "../constraints/index.ts";
import { durations } from "../durations.ts";
import { secretLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: `all its versions are destroyed ${durations.secretVersionsGone.value}; services that read it no longer start`,
  replaced: `all its versions are destroyed ${durations.secretVersionsGone.value} and the new one is empty; services that read it no longer start`,
  holdsData: true,
};

const named = [
  duration("rotation.rotation_period", {
    low: 3600,
    high: 3_153_600_000,
    source: "https://docs.cloud.google.com/secret-manager/docs/secret-rotation",
  }),
  form("secret_id", /^[A-Za-z0-9_-]{1,255}$/, {
    form: `1 to ${limits.idLength.value} letters, digits, hyphens and underscores`,
    examples: ["db-password"],
    longest: limits.idLength,
    signs: /^[A-Za-z0-9_-]*$/,
  }),
  custom(
    `version_aliases: at most ${limits.aliasLength.value} characters, not latest or NEW`,
    function* (secret: Attributes) {
      const aliases = secret.isUnknown("version_aliases") ? undefined : secret.get("version_aliases");
      for (const alias of Object.keys(aliases ?? {}))
        if (/^(latest|NEW)$/.test(alias) || alias.length > limits.aliasLength.value)
          yield {
            found: `version_aliases has "${alias}"`,
            because: `an alias has at most ${limits.aliasLength.value} characters and is not latest or NEW`,
            fix: 'Choose another alias, for example "current".',
          };
    },
    { source: limits.aliasLength.source },
  ),
];

const REPLICATIONS = ["replication.auto", "replication.user_managed"];

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
    encryptionKey: {
      within: "replication.user_managed.replicas",
      attribute: "customer_managed_encryption.kms_key_name",
      agent: "gcp-sa-secretmanager",
    },
    requiredRole: ["create", "delete", "get", "list", "update"].map(
      (verb) => `secretmanager.secrets.${verb}`,
    ),
    deleteImpact,
    fieldRules: [
      {
        id: "identity/secret-shape",
        why: "Secret Manager rejects ids, replications and payloads that are not of its form.",
        source: limits.idLength.source,
        constraints: [
          ...named,
          atMostOneOf(REPLICATIONS, { outcome: "rejected at plan" }),
          unique("replication.user_managed.replicas", "location", { fix: "Name each location once." }),
          atMostOneOf(["ttl", "expire_time"], {
            because: "a secret expires at a time or after one",
            source: "https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets",
          }),
          // Provider 4 has replication.automatic; a plan or state shows what there is.
          atLeastOneOf(REPLICATIONS, {
            when: { id: [undefined] },
            unless: { "replication.automatic": [anything] },
            fix: "Write replication { auto {} }.",
          }),
        ],
      },
    ],
  },
  {
    type: "google_secret_manager_regional_secret",
    label: "secret",
    nameAttribute: "secret_id",
    deleteImpact,
    fieldRules: [{ id: "identity/secret-shape", source: limits.idLength.source, constraints: named }],
  },
];
