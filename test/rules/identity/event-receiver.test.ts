import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const MEMBER = "serviceAccount:${google_service_account.trigger.email}";
const STORAGE = "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com";
const FINALIZED = "google.cloud.storage.object.v1.finalized";

const said = (
  type: string,
  grants: Resources = {},
  service_account = "${google_service_account.trigger.email}",
) =>
  check(ruleById("identity/event-receiver"), {
    google_service_account: { trigger: { account_id: "trigger" } },
    google_eventarc_trigger: {
      uploads: { name: "uploads", service_account, matching_criteria: { attribute: "type", value: type } },
    },
    ...grants,
  }).map(({ severity, message }) => `${severity}: ${message}`);
const grants = (...pairs: readonly (readonly [role: string, member: string])[]) => ({
  google_project_iam_member: Object.fromEntries(
    pairs.map(([role, member], index) => [`g${index}`, { project: "acme-dev", role, member }]),
  ),
});
const receiver = ["roles/eventarc.eventReceiver", MEMBER] as const;
const publisher = ["roles/pubsub.publisher", STORAGE] as const;

test("events of Cloud Storage need two rights", () => {
  expect(said(FINALIZED, grants(receiver, publisher))).toEqual([]);
  expect(said(FINALIZED, grants(publisher))).toEqual([
    `warning: service_account is google_service_account.trigger, which has no roles/eventarc.eventReceiver on the project; rejected by the API: the trigger may not receive ${FINALIZED}.`,
  ]);
  expect(said(FINALIZED, grants(receiver))).toEqual([
    `warning: it waits for ${FINALIZED}, and the service agent of Cloud Storage has no roles/pubsub.publisher on the project; rejected by the API: events of a bucket are published to Pub/Sub.`,
  ]);
});

test("events of other services need one, messages of a topic and accounts from elsewhere none", () => {
  expect(said("google.cloud.audit.log.v1.written", grants(receiver))).toEqual([]);
  expect(said("google.cloud.audit.log.v1.written")).toHaveLength(1);
  expect(said("google.cloud.pubsub.topic.v1.messagePublished")).toEqual([]);
  expect(said("google.cloud.audit.log.v1.written", {}, "trigger@other.iam.gserviceaccount.com")).toEqual([]);
});
