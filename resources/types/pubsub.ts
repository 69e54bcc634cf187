import { accountEmail } from "../account-email.ts";
import type { Attributes } from "../attributes.ts";
import {
  anything,
  conflict,
  custom,
  duration,
  durationSeconds,
  form,
  order,
  range,
} from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { deliveryLimits as limits } from "../limits.ts";
import { regionForm } from "../places.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { severalMessages, unknownAvroType } from "./pubsub/schema.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "messages that are not delivered yet are lost",
  holdsData: true,
};

const RULE = { id: "time/pubsub", source: limits.ackDeadlineHigh.source } as const;
const RETENTION = { low: limits.messageRetentionLow, high: limits.messageRetentionHigh } as const;
const BACKOFF = { low: 0, high: limits.retryBackoffHigh } as const;

const NAME_SOURCE = "https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names";

const named: FieldRule = {
  id: "service/pubsub-name",
  why: "Pub/Sub rejects names of topics and subscriptions that are not of its form; the provider does not look.",
  source: NAME_SOURCE,
  constraints: [
    form("name", /^(projects\/[^/]+\/(topics|subscriptions)\/)?(?!goog)[A-Za-z][\w.~+%-]{2,254}$/, {
      form: '3 to 255 letters, digits and -_.~+%, a letter first, and not "goog" at the beginning',
      examples: ["orders"],
    }),
  ],
};

const CLOUD_STORAGE = "https://docs.cloud.google.com/pubsub/docs/create-cloudstorage-subscription";

/** Files that a subscription writes. */
const cloudStorage = [
  form("cloud_storage_config.bucket", /^(?!gs:\/\/)[^/\0]+$/, {
    form: "the name of a bucket, without gs://",
    examples: ["acme-archive"],
    source: CLOUD_STORAGE,
  }),
  range("cloud_storage_config.max_bytes", {
    low: 1000,
    high: 10 * 1024 ** 3,
    zeroIsUnset: true,
    unit: "bytes",
    source: CLOUD_STORAGE,
  }),
  duration("cloud_storage_config.max_duration", { low: 60, high: 600, source: CLOUD_STORAGE }),
  custom(
    "cloud_storage_config.max_duration: at most ack_deadline_seconds",
    function* (subscription: Attributes) {
      const open = durationSeconds(subscription.string("cloud_storage_config.max_duration") ?? "");
      const deadline = subscription.number("ack_deadline_seconds");
      if (open !== undefined && deadline !== undefined && deadline > 0 && open > deadline && open <= 600)
        yield {
          found: `cloud_storage_config.max_duration is ${open} s and ack_deadline_seconds ${deadline}`,
          because: "messages are acknowledged when the file is closed",
          fix: `Set ack_deadline_seconds = ${open}.`,
        };
    },
    { source: CLOUD_STORAGE },
  ),
];

const subscription: FieldRule = {
  ...RULE,
  why: "The provider passes on the times and counts of a subscription as they are, and the API rejects those outside its bounds.",
  constraints: [
    ...cloudStorage,
    duration("message_retention_duration", RETENTION),
    // An empty ttl means that the subscription never expires.
    duration("expiration_policy.ttl", { low: limits.expirationLow }),
    range("dead_letter_policy.max_delivery_attempts", {
      low: limits.deliveryAttemptsLow,
      high: limits.deliveryAttemptsHigh,
      zeroIsUnset: true,
    }),
    duration("retry_policy.minimum_backoff", BACKOFF),
    duration("retry_policy.maximum_backoff", BACKOFF),
    order("retry_policy.minimum_backoff", "retry_policy.maximum_backoff", {
      measure: "duration",
      orEqual: true,
    }),
    form("push_config.push_endpoint", /^https:\/\/[^/]/, {
      form: "an https:// URL",
      examples: ["https://orders.example.com/events"],
    }),
    conflict(
      { enable_exactly_once_delivery: [true], push_config: [anything] },
      {
        because: "exactly-once delivery is for pull subscriptions only",
        fix: "Remove enable_exactly_once_delivery, or push_config.",
      },
    ),
    conflict(
      { "bigquery_config.use_topic_schema": [true], "bigquery_config.use_table_schema": [true] },
      { because: "the rows follow one schema", fix: "Keep one of the two." },
    ),
    conflict(
      {
        "bigquery_config.drop_unknown_fields": [true],
        "bigquery_config.use_topic_schema": [undefined, false],
        "bigquery_config.use_table_schema": [undefined, false],
      },
      {
        because: "without a schema no field is known",
        fix: "Set use_table_schema = true, or remove drop_unknown_fields.",
      },
    ),
    form("bigquery_config.table", /^[^/]+[.:][^/.]+\.[^/.]+$/, {
      form: "PROJECT.DATASET.TABLE",
      examples: ["acme-orders.events.raw"],
      source: "https://docs.cloud.google.com/pubsub/docs/bigquery",
    }),
    custom("filter: = and != , AND, OR and NOT, texts in double quotes", foreignOperator, {
      source: "https://docs.cloud.google.com/pubsub/docs/subscription-message-filter#filtering_syntax",
    }),
  ],
};

/** Operators of other languages, outside of texts. */
function* foreignOperator(subscription: Attributes) {
  const filter = subscription.string("filter");
  const outside = (filter ?? "").replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const [written] = /==|&&|\|\||'|(?<=^|[\s(])(?:and|or|not)(?=[\s(])/.exec(outside) ?? [];
  if (written === undefined) return;
  yield {
    found: `filter is ${filter}`,
    because: `a filter of Pub/Sub has no ${written}`,
    fix: `Write for example attributes.kind = "new" AND hasPrefix(attributes.region, "eu").`,
  };
}

/** Topics, schemas and subscriptions. */
export const pubsub: readonly ResourceType[] = [
  {
    type: "google_pubsub_schema",
    label: "message schema",
    nameScope: "project",
    deleteImpact: { destroyed: "messages of its topics are no longer checked" },
    fieldRules: [
      named,
      {
        ...RULE,
        source: "https://docs.cloud.google.com/pubsub/docs/schemas",
        constraints: [
          custom("definition of AVRO: types that Avro or the schema defines", unknownAvroType),
          custom("definition of PROTOCOL_BUFFER: one message", severalMessages),
        ],
      },
    ],
  },
  {
    type: "google_pubsub_topic",
    label: "messaging",
    nameScope: "project",
    requiredRole: "roles/pubsub.editor",
    environmentKeys: { message_retention_duration: "topics.retention" },
    deleteImpact,
    fieldRules: [
      named,
      fullNames("https://docs.cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics", [
        fullNameForm("schema_settings.schema", "projects/PROJECT/schemas/NAME"),
      ]),
      {
        ...RULE,
        constraints: [
          duration("message_retention_duration", RETENTION),
          form("message_storage_policy.allowed_persistence_regions", regionForm, {
            form: "a region, and no multi-region",
            examples: ["europe-west1"],
            source: "https://docs.cloud.google.com/pubsub/docs/resource-location-restriction",
          }),
        ],
      },
    ],
  },
  {
    type: "google_pubsub_subscription",
    label: "messaging",
    nameScope: "project",
    requiredRole: "roles/pubsub.editor",
    environmentKeys: {
      ack_deadline_seconds: "services.SERVICE.subscriptions.deadline",
      "push_config.push_endpoint": "services.SERVICE.subscriptions.path",
      "dead_letter_policy.max_delivery_attempts": "services.SERVICE.subscriptions.attempts",
    },
    references: {
      topic: ["google_pubsub_topic"],
      "dead_letter_policy.dead_letter_topic": ["google_pubsub_topic"],
      "push_config.oidc_token.service_account_email": ["google_service_account"],
    },
    deleteImpact,
    fieldRules: [
      named,
      subscription,
      accountEmail("push_config.oidc_token.service_account_email"),
      fullNames("https://docs.cloud.google.com/pubsub/docs/handling-failures", [
        fullNameForm("dead_letter_policy.dead_letter_topic", "projects/PROJECT/topics/NAME"),
      ]),
    ],
  },
];
