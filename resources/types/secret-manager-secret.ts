import type { Attributes } from "../attributes.ts";
import {
  anything,
  atLeastOneOf,
  atMostOneOf,
  custom,
  duration,
  form,
  required,
  unique,
} from "../constraints/index.ts";
import { durations } from "../durations.ts";
import { secretLimits as limits } from "../limits.ts";
import { regionForm } from "../places.ts";
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
  required(["rotation.next_rotation_time"], {
    when: { "rotation.rotation_period": [anything] },
    because: "a period counts from a first time",
    fix: 'Set next_rotation_time, for example to "2027-01-01T00:00:00Z".',
    source: "https://docs.cloud.google.com/secret-manager/docs/secret-rotation",
  }),
  ...["expire_time", "rotation.next_rotation_time"].map((attribute) =>
    form(attribute, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i, {
      form: "a time of RFC 3339",
      examples: ["2027-01-01T00:00:00Z"],
      source: "https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets",
    }),
  ),
  duration("version_destroy_ttl", {
    low: 86_400,
    high: 86_400_000,
    source: "https://docs.cloud.google.com/secret-manager/docs/delay-destruction-of-secret-versions",
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

/** A secret is encrypted by keys of its owner everywhere or nowhere. */
function* someKeys(secret: Attributes) {
  const path = "replication.user_managed.replicas";
  const replicas = secret.blocks(path);
  if (replicas.length !== secret.entries(path)) return;
  const without = replicas.filter((replica) => replica.get("customer_managed_encryption") === undefined);
  if (without.length === 0 || without.length === replicas.length) return;
  const places = without.map((replica) => replica.string("location") ?? "?");
  yield {
    found: `replicas in ${places.join(", ")} have no customer_managed_encryption`,
    because: "either all replicas have a key or none",
    fix: "Add customer_managed_encryption with a key of the location, or remove it everywhere.",
  };
}

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
          form("location", regionForm, {
            within: "replication.user_managed.replicas[]",
            form: "a region",
            examples: ["europe-west1"],
            source: "https://docs.cloud.google.com/secret-manager/docs/locations",
          }),
          custom("replication.user_managed.replicas: each with a key, or none", someKeys, {
            source: "https://docs.cloud.google.com/secret-manager/docs/cmek",
          }),
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
