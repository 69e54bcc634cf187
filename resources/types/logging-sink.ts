import { form } from "../constraints/index.ts";
import { loggingFilter } from "../logging-filter.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const sink: FieldRule = {
  id: "observability/sink-destination",
  why: "A sink writes to a bucket, a dataset, a topic or a project, each in a form of its own; the provider takes any text.",
  source: "https://docs.cloud.google.com/logging/docs/export/configure_export_v2",
  constraints: [
    form(
      "destination",
      /^(storage\.googleapis\.com\/[^/]+|bigquery\.googleapis\.com\/projects\/[^/]+\/datasets\/[^/]+|pubsub\.googleapis\.com\/projects\/[^/]+\/topics\/[^/]+|logging\.googleapis\.com\/projects\/.+|logging\.googleapis\.com\/(folders|organizations|billingAccounts)\/.+)$/,
      {
        form: "storage.googleapis.com/BUCKET, bigquery.googleapis.com/projects/PROJECT/datasets/DATASET, pubsub.googleapis.com/projects/PROJECT/topics/TOPIC or logging.googleapis.com/projects/PROJECT",
        examples: ["storage.googleapis.com/acme-orders-logs"],
      },
    ),
  ],
};

/** Sinks of logs. */
export const loggingSinks: readonly ResourceType[] = [
  "project",
  "folder",
  "organization",
  "billing_account",
].map((scope) => ({
  type: `google_logging_${scope}_sink`,
  label: "log sink",
  fieldRules: [sink, loggingFilter("filter"), loggingFilter("filter", "exclusions[]")],
}));
