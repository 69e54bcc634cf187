import { expect, test } from "@jest/globals";
import { statedBy } from "../../../review/drift/environment-keys.ts";

test("numbers of a subscription are at the service whose stack it is in, those of dead letters nowhere", () => {
  const deadline = (stack: string) => statedBy(stack, "google_pubsub_subscription", "ack_deadline_seconds");
  expect(deadline("worker-service-invoices")).toBe("services.invoices.subscriptions.deadline");
  expect(deadline("worker-messaging")).toBeUndefined();
  expect(
    statedBy(
      "worker-service-invoices",
      "google_pubsub_subscription",
      "dead_letter_policy.0.max_delivery_attempts",
    ),
  ).toBe("services.invoices.subscriptions.attempts");
  expect(statedBy("worker-messaging", "google_pubsub_topic", "message_retention_duration")).toBe(
    "topics.retention",
  );
});
