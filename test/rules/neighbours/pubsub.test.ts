import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { said } from "./support.ts";

const AGENT =
  "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com";
const DATA = { data: { google_project: { this: {} } } };

function subscription(values: object = {}, grants: Resources = {}): Resources {
  return {
    google_pubsub_topic: { orders: { name: "orders" }, dead: { name: "orders-dead" } },
    google_pubsub_subscription: {
      orders: { name: "orders", topic: "${google_pubsub_topic.orders.id}", ...values },
    },
    ...grants,
  };
}

const POLICY = {
  dead_letter_policy: { dead_letter_topic: "${google_pubsub_topic.dead.id}", max_delivery_attempts: 5 },
};
const publisher = {
  google_pubsub_topic_iam_member: {
    dead: { topic: "${google_pubsub_topic.dead.id}", role: "roles/pubsub.publisher", member: AGENT },
  },
};
const subscriber = {
  google_pubsub_subscription_iam_member: {
    orders: {
      subscription: "${google_pubsub_subscription.orders.id}",
      role: "roles/pubsub.subscriber",
      member: AGENT,
    },
  },
};

/** The kind: what Pub/Sub needs beyond its own resource, and bounds that the provider does not check. */
describe("Pub/Sub", () => {
  test("forwards dead letters with both rights of its service agent", () => {
    expect(said(subscription(POLICY, { ...publisher, ...subscriber }), DATA)).toEqual([]);
    expect(said(subscription(POLICY, publisher), DATA)).toEqual([
      "identity/dead-letter google_pubsub_subscription.orders: it has a dead_letter_policy, and the service agent of Pub/Sub has no roles/pubsub.subscriber on the subscription; fails at run time: forwarded messages are not acknowledged and come again.",
    ]);
    // A topic of another app has its grant there.
    const elsewhere = {
      dead_letter_policy: { dead_letter_topic: "projects/shared/topics/dead", max_delivery_attempts: 5 },
    };
    expect(said(subscription(elsewhere, subscriber), DATA)).toEqual([]);
    expect(said(subscription(elsewhere), DATA)).toEqual([
      "identity/dead-letter google_pubsub_subscription.orders: it has a dead_letter_policy, and the service agent of Pub/Sub has no roles/pubsub.subscriber on the subscription; fails at run time: forwarded messages are not acknowledged and come again.",
    ]);
    const onProject = {
      google_project_iam_member: Object.fromEntries(
        ["publisher", "subscriber"].map((role) => [
          role,
          { project: "acme-dev", role: `roles/pubsub.${role}`, member: AGENT },
        ]),
      ),
    };
    expect(said(subscription(POLICY, onProject), DATA)).toEqual([]);
  });

  test.each([
    [
      { dead_letter_policy: { dead_letter_topic: "projects/acme-dev/topics/x", max_delivery_attempts: 3 } },
      "max_delivery_attempts is 3",
    ],
    [{ message_retention_duration: "60s" }, "message_retention_duration is"],
    [{ expiration_policy: { ttl: "3600s" } }, "ttl is"],
    [{ retry_policy: { minimum_backoff: "700s" } }, "minimum_backoff is"],
    [
      { retry_policy: { minimum_backoff: "300s", maximum_backoff: "10s" } },
      "minimum_backoff is 300 s and maximum_backoff is 10 s",
    ],
    [{ push_config: { push_endpoint: "http://orders.example.com" } }, "push_endpoint is"],
    [
      { push_config: { push_endpoint: "https://orders.example.com" }, enable_exactly_once_delivery: true },
      "exactly-once",
    ],
  ])("refuses times and combinations that the API refuses (%#)", (values, message) => {
    const lines = said(subscription(values)).filter((line) => line.startsWith("time/pubsub "));
    expect(lines.join("\n")).toContain(message);
  });

  test("takes an empty ttl for a subscription that never expires", () => {
    expect(said(subscription({ expiration_policy: { ttl: "" } }))).toEqual([]);
  });
});
