import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const AGENT = "serviceAccount:service-123@gcp-sa-pubsub.iam.gserviceaccount.com";
const TABLE = "acme-dev.${google_bigquery_table.raw.dataset_id}.${google_bigquery_table.raw.table_id}";
const bucket = "${google_storage_bucket.archive.name}";
const defined = {
  google_service_account: { writer: { account_id: "event-writer" } },
  google_bigquery_dataset: { events: { dataset_id: "events" } },
  google_bigquery_table: {
    raw: { dataset_id: "${google_bigquery_dataset.events.dataset_id}", table_id: "raw" },
  },
  google_storage_bucket: { archive: { name: "acme-archive", location: "EU" } },
};
const reported = (subscription: object, others: Resources = {}) =>
  check(ruleById("identity/subscription-writer"), {
    ...defined,
    google_pubsub_subscription: { s: { name: "s", topic: "orders", ...subscription } },
    ...others,
  }).map(({ message }) => message);
const onBucket = (...roles: string[]) => ({
  google_storage_bucket_iam_member: Object.fromEntries(
    roles.map((role, at) => [`g${at}`, { bucket, role: `roles/storage.${role}`, member: AGENT }]),
  ),
});

test("a table is written by the service agent, which needs a role on it or above it", () => {
  const subscription = { bigquery_config: { table: TABLE } };
  const grant = { role: "roles/bigquery.dataEditor", member: AGENT };
  expect(reported(subscription)).toEqual([
    expect.stringMatching(
      /^bigquery_config writes to .*, and the service agent of Pub\/Sub is not granted roles\/bigquery\.dataEditor; rejected by the API: a subscription is created only where it may write\.$/,
    ),
  ]);
  for (const others of [
    { google_bigquery_dataset_iam_member: { g: { dataset_id: "events", ...grant } } },
    { google_bigquery_table_iam_member: { g: { dataset_id: "events", table_id: "raw", ...grant } } },
    { google_project_iam_member: { g: { project: "acme-dev", ...grant } } },
    { google_project_iam_member: { g: { ...grant, member: "${google_project_service_identity.p.member}" } } },
    { google_bigquery_dataset: { events: { dataset_id: "events", access: [{ role: "WRITER" }] } } },
  ])
    expect(reported(subscription, others)).toEqual([]);
  expect(
    reported(subscription, {
      google_project_iam_member: { g: { ...grant, role: "roles/bigquery.dataViewer" } },
    }),
  ).toHaveLength(1);
});

test("a bucket is looked at and written: two rights, which one role may hold", () => {
  const subscription = { cloud_storage_config: { bucket } };
  expect(reported(subscription)[0]).toContain(
    "roles/storage.objectCreator and roles/storage.legacyBucketReader;",
  );
  expect(reported(subscription, onBucket("objectCreator"))[0]).toContain(
    "granted roles/storage.legacyBucketReader;",
  );
  for (const roles of [["objectCreator", "legacyBucketReader"], ["admin"], ["legacyBucketWriter"]])
    expect(reported(subscription, onBucket(...roles))).toEqual([]);
});

test("an account that the subscription names needs the role itself", () => {
  const named = {
    bigquery_config: { table: TABLE, service_account_email: "${google_service_account.writer.email}" },
  };
  const role = "roles/bigquery.dataEditor";
  const agent = { google_project_iam_member: { g: { role, member: AGENT } } };
  expect(reported(named, agent)[0]).toContain("and google_service_account.writer is not granted");
  const own = "serviceAccount:${google_service_account.writer.email}";
  expect(reported(named, { google_project_iam_member: { g: { role, member: own } } })).toEqual([]);
});

test("what is defined elsewhere has its grants elsewhere", () => {
  expect(reported({ bigquery_config: { table: "other.events.raw" } })).toEqual([]);
  expect(reported({ cloud_storage_config: { bucket: "others" } })).toEqual([]);
  expect(reported({ cloud_storage_config: { bucket: "${var.bucket}" } })).toEqual([]);
  expect(reported({ push_config: { push_endpoint: "https://example.com" } })).toEqual([]);
});
