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

test("numbers of one of several databases are at its name, those of the only one at the section", () => {
  const tier = (address: string) =>
    statedBy("acme-data", "google_sql_database_instance", "settings.0.tier", address);
  expect(tier("google_sql_database_instance.database-orders_EBDE4557")).toBe("databases.orders.tier");
  expect(tier("google_sql_database_instance.database_EBDE4557")).toBe("database.tier");
});
