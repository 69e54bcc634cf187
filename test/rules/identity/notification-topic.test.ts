import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const said = (grants: Resources, topic = "${google_pubsub_topic.uploads.id}") =>
  check(ruleById("identity/notification-topic"), {
    google_pubsub_topic: { uploads: { name: "uploads" } },
    google_storage_notification: { uploads: { bucket: "acme-uploads", topic } },
    ...grants,
  });
const granted = (role: string, member: string, kind = "pubsub_topic_iam_member") => ({
  [`google_${kind}`]: { storage: { topic: "uploads", role, member, members: [member] } },
});
const AGENT = "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com";
const READ = "serviceAccount:${data.google_storage_project_service_account.this.email_address}";

test("Cloud Storage publishes with a right that somebody grants it", () => {
  expect(said({})).toMatchObject([
    {
      severity: "warning",
      address: "google_storage_notification.uploads",
      message:
        "topic is google_pubsub_topic.uploads, and the service agent of Cloud Storage has no roles/pubsub.publisher on it; rejected by the API: the agent may not publish.",
    },
  ]);
  expect(said(granted("roles/pubsub.publisher", AGENT))).toEqual([]);
  expect(said(granted("roles/pubsub.publisher", READ, "pubsub_topic_iam_binding"))).toEqual([]);
  expect(said(granted("roles/pubsub.publisher", AGENT, "project_iam_member"))).toEqual([]);
  expect(said(granted("roles/pubsub.subscriber", AGENT))).toHaveLength(1);
});

test("a topic that is elsewhere is granted elsewhere", () => {
  expect(said({}, "projects/other/topics/uploads")).toEqual([]);
});
