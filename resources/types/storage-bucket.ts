import type { Attributes } from "../attributes.ts";
import { bucketNameIssue, MAX_BUCKET_LABEL, MAX_BUCKET_NAME } from "../bucket-names.ts";
import { choice, conflict, custom, forbidden, form, range, required, size } from "../constraints/index.ts";
import { holdsPlaceholder } from "../placeholders.ts";
import { regionForm } from "../places.ts";
import type { ResourceType } from "../resource-type.ts";

const SOURCE = "https://docs.cloud.google.com/storage/docs/buckets#naming";

/** Notification of what changes in a bucket. */
export const storageNotification: ResourceType = {
  type: "google_storage_notification",
  label: "notification",
  nameAttribute: null,
  fieldRules: [
    {
      id: "service/notification-event",
      why: "Cloud Storage knows four events, and the provider rejects any other word.",
      source: "https://docs.cloud.google.com/storage/docs/pubsub-notifications#events",
      constraints: [
        choice("payload_format", ["JSON_API_V1", "NONE"], { outcome: "rejected at plan" }),
        form("event_types", /^OBJECT_(FINALIZE|METADATA_UPDATE|DELETE|ARCHIVE)$/, {
          form: "OBJECT_FINALIZE, OBJECT_METADATA_UPDATE, OBJECT_DELETE or OBJECT_ARCHIVE",
          examples: ["OBJECT_FINALIZE"],
          outcome: "rejected at plan",
        }),
      ],
    },
  ],
};

const STORAGE_CLASSES = [
  "STANDARD",
  "NEARLINE",
  "COLDLINE",
  "ARCHIVE",
  "RAPID",
  "MULTI_REGIONAL",
  "REGIONAL",
  "DURABLE_REDUCED_AVAILABILITY",
];

function* turboOfRegion(bucket: Attributes) {
  const location = bucket.string("location") ?? "";
  if (bucket.string("rpo") !== "ASYNC_TURBO" || !regionForm.test(location.toLowerCase())) return;
  yield {
    found: `rpo is ASYNC_TURBO in ${location}`,
    because: "turbo replication is between the two regions of a dual-region",
    fix: 'Set location to a dual-region, for example "EUR4", or remove rpo.',
  };
}

function* classesOfAutoclass(bucket: Attributes) {
  if (bucket.boolean("autoclass.enabled") !== true) return;
  for (const rule of bucket.blocks("lifecycle_rule"))
    if (rule.string("action.type") === "SetStorageClass")
      yield {
        found: "lifecycle_rule.action.type is SetStorageClass with autoclass",
        because: "Autoclass chooses the class of each object",
        fix: "Remove the rule, or autoclass.",
      };
}

/** Cloud Storage bucket. */
export const storageBucket: ResourceType = {
  type: "google_storage_bucket",
  label: "bucket",
  nameScope: "world",
  encryptionKey: { attribute: "encryption.default_kms_key_name", agent: "gs-project-accounts" },
  requiredRole: "roles/storage.admin",
  derived: { url: "gs://{name}" },
  deleteImpact: {
    destroyed: ({ before }) =>
      before.boolean("force_destroy") === true
        ? "all objects in it are deleted (force_destroy is true)"
        : "its objects are deleted with it, or the apply fails because there are some",
    holdsData: true,
  },
  fieldRules: [
    {
      id: "data/storage-class",
      why: "Cloud Storage knows a few storage classes, and the provider passes on any word.",
      source: "https://docs.cloud.google.com/storage/docs/storage-classes",
      constraints: [
        choice("storage_class", STORAGE_CLASSES),
        choice("storage_class", STORAGE_CLASSES, { within: "lifecycle_rule[].action" }),
        choice("type", ["Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"], {
          within: "lifecycle_rule[].action",
          source: "https://docs.cloud.google.com/storage/docs/lifecycle",
        }),
        required(["storage_class"], {
          within: "lifecycle_rule[].action",
          when: { type: ["SetStorageClass"] },
          because: "it sets the class that is named",
          fix: 'Set storage_class, for example "NEARLINE".',
          source: "https://docs.cloud.google.com/storage/docs/lifecycle",
        }),
        forbidden(["storage_class"], {
          within: "lifecycle_rule[].action",
          when: { type: ["Delete", "AbortIncompleteMultipartUpload"] },
          severity: "warning",
          because: "only SetStorageClass has a class",
          fix: 'Remove storage_class, or set type = "SetStorageClass".',
          source: "https://docs.cloud.google.com/storage/docs/lifecycle",
        }),
        custom("lifecycle_rule.action with autoclass: no SetStorageClass", classesOfAutoclass, {
          source: "https://docs.cloud.google.com/storage/docs/autoclass",
        }),
        size("custom_placement_config.data_locations", "entries", {
          low: 2,
          high: 2,
          // A bucket of rapid storage names the one zone in its region.
          when: { location: [/^us$/i, /^eu$/i, /^asia$/i] },
          because: "a dual-region is two regions",
          fix: 'Name two regions, for example ["EUROPE-WEST1", "EUROPE-WEST4"].',
          source: "https://docs.cloud.google.com/storage/docs/locations#location-dr",
        }),
        conflict(
          { "hierarchical_namespace.enabled": [true], "versioning.enabled": [true] },
          {
            because: "a bucket with a hierarchical namespace keeps no versions",
            fix: "Remove versioning, or hierarchical_namespace.",
            source: "https://docs.cloud.google.com/storage/docs/hns-overview",
          },
        ),
        conflict(
          {
            "hierarchical_namespace.enabled": [true],
            uniform_bucket_level_access: [false],
          },
          {
            because: "a hierarchical namespace needs uniform access",
            fix: "Set uniform_bucket_level_access = true.",
            source: "https://docs.cloud.google.com/storage/docs/hns-overview",
          },
        ),
        form("location", /^(?:us|eu|asia|(?:asia|eur|nam)\d+|[a-z]+(?:-[a-z]+)+\d+(?:-[a-z])?)$/i, {
          form: "US, EU, ASIA, a dual-region or a region",
          examples: ["EU", "EUR4", "europe-west1"],
          source: "https://docs.cloud.google.com/storage/docs/locations",
        }),
        custom("location with rpo ASYNC_TURBO: a dual-region", turboOfRegion, {
          source: "https://docs.cloud.google.com/storage/docs/availability-durability#turbo-replication",
        }),
        range("age", {
          within: "lifecycle_rule[].condition",
          low: 0,
          unit: "days",
          source: "https://docs.cloud.google.com/storage/docs/lifecycle",
        }),
      ],
    },
    {
      id: "data/soft-delete",
      why: "Cloud Storage keeps deleted objects for days, or not at all.",
      source: "https://docs.cloud.google.com/storage/docs/soft-delete",
      constraints: [
        range("soft_delete_policy.retention_duration_seconds", {
          low: 604_800,
          high: 7_776_000,
          unit: "s",
          zeroIsUnset: true,
          fix: "Write 0 for none, or 604800 (7 days) to 7776000 (90 days).",
        }),
      ],
    },
    {
      id: "data/bucket-name",
      why: "The names of buckets are in one namespace of the whole world, and the API rejects those that are not of its form.",
      fix: "Choose a name of that form, for example with the project in front.",
      source: SOURCE,
      constraints: [
        custom(
          `name: 3 to ${MAX_BUCKET_LABEL} lower-case letters, digits, hyphens and underscores, a letter or digit at each end; with dots, ${MAX_BUCKET_NAME}`,
          function* (bucket) {
            const name = bucket.string("name");
            if (name === undefined || name === "" || holdsPlaceholder(name)) return;
            const because = bucketNameIssue(name);
            if (because !== undefined) yield { found: `name is "${name}"`, because };
          },
        ),
      ],
    },
  ],
};
