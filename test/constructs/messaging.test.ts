import { describe, expect, test } from "@jest/globals";
import { DeadLetterTopic } from "../../constructs/messaging/dead-letter-topic.ts";
import { MessageTopic, type MessageTopicProps } from "../../constructs/messaging/message-topic.ts";
import {
  PushSubscription,
  type PushSubscriptionProps,
} from "../../constructs/messaging/push-subscription.ts";
import { days, seconds } from "../../platform/units.ts";
import { constructJson } from "../support/construct.ts";
import { resource, resources } from "../support/synthesized.ts";

const agent = "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";

describe("MessageTopic", () => {
  const built = (props: Partial<MessageTopicProps> = {}) =>
    constructJson((stack) => new MessageTopic(stack, "orders", { name: "orders", ...props }));

  test("keeps nothing that is delivered, and nobody may publish, unless it is written", () => {
    const json = built();
    const topic = resource(json, "google_pubsub_topic");
    expect([topic.name, topic.message_retention_duration, topic.lifecycle]).toEqual([
      "orders",
      undefined,
      undefined,
    ]);
    expect(resources(json, "google_pubsub_topic_iam_member")).toEqual([]);
  });

  test("publishers may publish to this topic alone", () => {
    const json = built({
      retention: days(7),
      publishers: { api: "api@p.iam.gserviceaccount.com" },
      protection: true,
    });
    expect(resource(json, "google_pubsub_topic")).toMatchObject({
      message_retention_duration: "604800s",
      lifecycle: { prevent_destroy: true },
    });
    expect(resource(json, "google_pubsub_topic_iam_member")).toMatchObject({
      topic: expect.stringMatching(/^\$\{google_pubsub_topic\..*\.name\}$/),
      role: "roles/pubsub.publisher",
      member: "serviceAccount:api@p.iam.gserviceaccount.com",
    });
  });
});

test("dead letters are kept for as long as Pub/Sub keeps any, and their subscription never expires", () => {
  const json = constructJson(
    (stack) => new DeadLetterTopic(stack, "dead", { name: "orders-dead-letters", agent }),
  );
  const topic = resource(json, "google_pubsub_topic");
  expect(topic.name).toBe("orders-dead-letters");
  const subscription = resource(json, "google_pubsub_subscription");
  expect(subscription).toMatchObject({
    name: "orders-dead-letters",
    topic: expect.stringMatching(/^\$\{google_pubsub_topic\./),
    message_retention_duration: "2678400s",
    expiration_policy: { ttl: "" },
  });
  expect(subscription.push_config).toBeUndefined();
  expect(resource(json, "google_pubsub_topic_iam_member")).toMatchObject({
    role: "roles/pubsub.publisher",
    member: `serviceAccount:${agent}`,
  });
});

describe("PushSubscription", () => {
  const built = (props: Partial<PushSubscriptionProps> = {}) =>
    constructJson(
      (stack) =>
        new PushSubscription(stack, "orders", {
          name: "orders-invoices",
          topic: "projects/p/topics/orders",
          service: "https://invoices-123456789012.europe-west1.run.app",
          serviceAccount: "invoices@p.iam.gserviceaccount.com",
          deadline: seconds(60),
          deadLetterTopic: "projects/p/topics/orders-dead-letters",
          attempts: 10,
          agent,
          ...props,
        }),
    );

  test("requests have an ID token for the service, whatever the path", () => {
    for (const path of ["/", "/orders"])
      expect(resource(built({ path }), "google_pubsub_subscription").push_config).toEqual({
        push_endpoint: `https://invoices-123456789012.europe-west1.run.app${path}`,
        oidc_token: {
          audience: "https://invoices-123456789012.europe-west1.run.app",
          service_account_email: "invoices@p.iam.gserviceaccount.com",
        },
      });
    expect(resource(built(), "google_pubsub_subscription").push_config.push_endpoint).toMatch(
      /\.run\.app\/$/,
    );
  });

  test("what is not taken comes again after a pause, and goes to the dead letters in the end", () => {
    const json = built();
    expect(resource(json, "google_pubsub_subscription")).toMatchObject({
      ack_deadline_seconds: 60,
      message_retention_duration: "604800s",
      expiration_policy: { ttl: "" },
      retry_policy: { minimum_backoff: "10s", maximum_backoff: "600s" },
      dead_letter_policy: {
        dead_letter_topic: "projects/p/topics/orders-dead-letters",
        max_delivery_attempts: 10,
      },
    });
    expect(resources(json, "google_pubsub_subscription_iam_member")).toMatchObject([
      {
        subscription: expect.stringMatching(/^\$\{google_pubsub_subscription\..*\.name\}$/),
        role: "roles/pubsub.subscriber",
        member: `serviceAccount:${agent}`,
      },
    ]);
  });
});
