import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const said = (others: Resources = {}, destination = "pubsub.googleapis.com/${google_pubsub_topic.logs.id}") =>
  check(ruleById("identity/sink-writer"), {
    google_pubsub_topic: { logs: { name: "logs" } },
    google_logging_project_sink: { errors: { name: "errors", destination, unique_writer_identity: true } },
    ...others,
  }).map(({ message }) => message);
const WRITER = "${google_logging_project_sink.errors.writer_identity}";

test("a sink whose writer is granted a role, or whose destination is elsewhere, loses nothing", () => {
  const role = "roles/pubsub.publisher";
  const topic = "logs";
  expect(said({ google_pubsub_topic_iam_member: { w: { topic, role, member: WRITER } } })).toEqual([]);
  expect(said({ google_pubsub_topic_iam_binding: { w: { topic, role, members: [WRITER] } } })).toEqual([]);
  expect(said({}, "pubsub.googleapis.com/projects/other/topics/logs")).toEqual([]);
  expect(said({}, "${var.destination}")).toEqual([]);
});

test("one that nothing refers to may write nowhere", () => {
  expect(said()).toEqual([
    "destination is google_pubsub_topic.logs, and nothing grants roles/pubsub.publisher on it to writer_identity of the sink; fails at run time: the destination refuses the logs, and they are lost.",
  ]);
});

test("a dataset that lists the writer takes its logs", () => {
  const destination =
    "bigquery.googleapis.com/projects/acme-dev/datasets/${google_bigquery_dataset.logs.dataset_id}";
  const dataset = (access: object[]) =>
    said({ google_bigquery_dataset: { logs: { dataset_id: "logs", access } } }, destination);
  expect(
    dataset([{ role: "WRITER", user_by_email: `\${trimprefix(${WRITER.slice(2, -1)}, "serviceAccount:")}` }]),
  ).toEqual([]);
  expect(dataset([])).toHaveLength(1);
});

test("a role that does not write to the destination is none; one more that does, or that cannot be known, is enough", () => {
  const member = (role: string) => ({ topic: "logs", role, member: WRITER });
  const granted = (...roles: string[]) =>
    said({
      google_pubsub_topic_iam_member: Object.fromEntries(roles.map((role, at) => [`w${at}`, member(role)])),
    });
  expect(granted("roles/pubsub.subscriber")).toEqual([
    "destination is google_pubsub_topic.logs, and writer_identity of the sink is granted roles/pubsub.subscriber, which does not write there; fails at run time: the destination refuses the logs, and they are lost.",
  ]);
  expect(granted("roles/storage.objectCreator")).toHaveLength(1);
  expect(granted("roles/pubsub.subscriber", "roles/pubsub.editor")).toEqual([]);
  expect(granted("roles/pubsub.subscriber", "projects/acme-dev/roles/writer")).toEqual([]);
  expect(granted("roles/pubsub.subscriber", "${var.role}")).toEqual([]);
});

test("a bucket is written by the roles that create objects", () => {
  const granted = (role: string) =>
    said(
      {
        google_storage_bucket: { logs: { name: "acme-dev-logs", location: "EU" } },
        google_storage_bucket_iam_member: { w: { bucket: "acme-dev-logs", role, member: WRITER } },
      },
      "storage.googleapis.com/${google_storage_bucket.logs.name}",
    );
  expect(granted("roles/storage.objectViewer")).toHaveLength(1);
  for (const role of ["objectCreator", "objectAdmin", "legacyBucketWriter", "admin"])
    expect(granted(`roles/storage.${role}`)).toEqual([]);
});
