import { range } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Log buckets of projects, folders, organizations and billing accounts. */
export const loggingBuckets: readonly ResourceType[] = [
  "project",
  "folder",
  "organization",
  "billing_account",
].map((parent) => ({
  type: `google_logging_${parent}_bucket_config`,
  label: "log bucket",
  nameAttribute: "bucket_id",
  fieldRules: [
    {
      id: "data/log-retention",
      why: "Cloud Logging keeps entries for a bounded time.",
      source: "https://docs.cloud.google.com/logging/docs/buckets#custom-retention",
      constraints: [range("retention_days", { low: 1, high: 3650, unit: "days", zeroIsUnset: true })],
    },
  ],
}));
