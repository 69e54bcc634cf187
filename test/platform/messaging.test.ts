import { describe, expect, test } from "@jest/globals";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { days, minutes, seconds } from "../../platform/units.ts";
import { deliveryLimits } from "../../resources/limits.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** The platform with a topic, its publisher `api` and its subscriber `invoices`, changed. */
const { plan, issues } = changedShape("worker");

/** Services in the order of the shape. */
const [API, INVOICES] = [0, 1];

describe("the numbers of a subscription", () => {
  const subscription = (change?: (draft: Draft) => void) => plan(change).subscriptions[0];

  test("the deadline is the request timeout, and at least what Pub/Sub takes", () => {
    expect(subscription()).toEqual({
      service: "invoices",
      topic: "orders",
      name: "worker-orders-invoices",
      path: "/orders",
      deadline: 60,
      attempts: 5,
    });
    for (const [timeout, deadline] of [
      [5, 10],
      [10, 10],
      [600, 600],
    ])
      expect(subscription((draft) => (draft.services[INVOICES].requestTimeout = timeout))?.deadline).toBe(
        deadline,
      );
  });

  test("a deadline that is written holds, and what is not written has a default", () => {
    const written = { topic: "orders", deadline: seconds(90) };
    expect(subscription((draft) => (draft.services[INVOICES].subscriptions = [written]))).toMatchObject({
      path: "/",
      deadline: 90,
      attempts: 10,
    });
  });
});

test("a publisher gets the full id of each of its topics", () => {
  const topics = (of: PlatformPlan, index: number) =>
    of
      .contract(of.services[index] as Environment["services"][number])
      .filter(({ name }) => name.endsWith("_TOPIC"));
  const changed = plan((draft) => {
    draft.topics.push({ name: "orders-paid" });
    draft.services[API].publishes.push("orders-paid");
  });
  expect(topics(changed, API)).toEqual([
    {
      name: "ORDERS_PAID_TOPIC",
      from: { value: "projects/acme-web/topics/worker-orders-paid" },
      meaning: "full id of the topic orders-paid to publish to",
    },
    {
      name: "ORDERS_TOPIC",
      from: { value: "projects/acme-web/topics/worker-orders" },
      meaning: "full id of the topic orders to publish to",
    },
  ]);
  expect(topics(changed, INVOICES)).toEqual([]);
});

describe("what is refused, in one sentence", () => {
  test.each<[what: string, change: (draft: Draft) => void, sentence: string]>([
    [
      "a subscriber whose requests last longer than Pub/Sub waits",
      (d) => (d.services[INVOICES].requestTimeout = minutes(15)),
      "services.invoices.requestTimeout is 900 s: invoices subscribes to orders, and Pub/Sub waits at most 600 s for an answer: then the message is sent again while it is still worked on. Fix: write at most seconds(600), or let a service of its own take the messages.",
    ],
    [
      "a topic that nobody declares, at a service",
      (d) => (d.services[API].publishes = ["order"]),
      'services.api.publishes[0] is "order": no topic of this name is declared. Fix: did you mean "orders"? Otherwise add { name: "order" } to topics.',
    ],
    [
      "a topic in an environment that has none",
      (d) => {
        delete d.topics;
        delete d.jobs;
        delete d.services[INVOICES].subscriptions;
      },
      'services.api.publishes[0] is "orders": no topic of this name is declared. Fix: add topics: [{ name: "orders" }] to the environment, or remove it here.',
    ],
    [
      "a topic that nobody declares, at a job",
      (d) => (d.jobs[0].publishes = ["refunds"]),
      'jobs.replay.publishes[0] is "refunds": no topic of this name is declared. Fix: declared: orders, archive. Otherwise add { name: "refunds" } to topics.',
    ],
    [
      "a subscription to a topic that nobody declares",
      (d) => (d.services[INVOICES].subscriptions[0].topic = "ordres"),
      'services.invoices.subscriptions.ordres.topic is "ordres": no topic of this name is declared. Fix: did you mean "orders"? Otherwise add { name: "ordres" } to topics.',
    ],
    [
      "a topic twice",
      (d) => d.topics.push({ name: "orders" }),
      'topics[2].name is "orders": topics[0] has this name already. Fix: give each its own name.',
    ],
    [
      "two subscriptions of one service to one topic",
      (d) => d.services[INVOICES].subscriptions.push({ topic: "orders", path: "/again" }),
      'services.invoices.subscriptions[1].topic is "orders": subscriptions[0] is to this topic already, and each message would come twice. Fix: remove one of them.',
    ],
    [
      "a topic to publish to twice",
      (d) => d.services[API].publishes.push("orders"),
      'services.api.publishes[1] is "orders": it is in this list already. Fix: remove it.',
    ],
    [
      "a secret in the variable of a topic",
      (d) => {
        d.secrets = [{ name: "orders-topic" }];
        d.services[API].secrets = ["orders-topic"];
      },
      'services.api.publishes[0] is "orders": its id is passed as ORDERS_TOPIC, and so is the secret "orders-topic". Fix: rename the topic or the secret.',
    ],
    [
      "the variable of a topic, set by hand",
      (d) => (d.services[API].environment = { ORDERS_TOPIC: "other" }),
      'services.api.environment.ORDERS_TOPIC is "other": this variable is written by the platform',
    ],
    [
      "no number of the project",
      (d) => delete d.projectNumber,
      'projectNumber is missing: invoices has subscriptions, and the account with which Pub/Sub forwards dead letters holds the number of the project. Fix: add it: gcloud projects describe acme-web --format="value(projectNumber)".',
    ],
    [
      "a prefix that Pub/Sub keeps for itself",
      (d) => (d.prefix = "goog1"),
      'prefix is "goog1": the names of topics begin with it, and Pub/Sub keeps those with "goog" for itself. Fix: write for example prefix: "quality".',
    ],
    [
      "the name of the dead letters of another topic",
      (d) => d.topics.push({ name: "orders-dead-letters" }),
      'topics.orders-dead-letters.name is "orders-dead-letters": the topic orders-dead-letters would have the name worker-orders-dead-letters, which is that of the dead letters of orders. Fix: rename one of them.',
    ],
    [
      "two subscriptions whose parts make one name",
      (d) => {
        d.topics.push({ name: "orders-eu" });
        d.services.push({ ...d.services[INVOICES], name: "eu-invoices" });
        d.services[INVOICES].subscriptions.push({ topic: "orders-eu" });
      },
      'services.eu-invoices.subscriptions.orders.topic is "orders": the subscription of eu-invoices to orders would have the name worker-orders-eu-invoices, which is that of the subscription of invoices to orders-eu. Fix: rename one of them.',
    ],
    [
      "the run.app address that Pub/Sub needs, disabled",
      (d) => {
        d.provider = "8";
        d.services[INVOICES].defaultUriDisabled = true;
      },
      "services.invoices.defaultUriDisabled is true: its run.app address is needed: Pub/Sub sends messages to it (subscriptions).",
    ],
    [
      "a service that people sign in to",
      (d) => {
        d.provider = "8";
        d.services[INVOICES].publicUrl = true;
        d.services[INVOICES].iap = { members: ["group:staff@acme.example"] };
      },
      "services.invoices.iap is set: Pub/Sub sends messages to it without signing in (subscriptions), and is sent to the sign-in instead. Fix: remove iap, or what calls the service.",
    ],
    [
      "a retention below what Pub/Sub takes",
      (d) => (d.topics[0].retention = seconds(599)),
      "topics.orders.retention is 599: allowed is a whole number of seconds from 600 to 2678400 (Pub/Sub keeps messages for 10 minutes to 31 days). Fix: write for example days(7).",
    ],
    [
      "a retention above it",
      (d) => (d.topics[0].retention = days(32)),
      "topics.orders.retention is 2764800: allowed is a whole number of seconds from 600 to 2678400",
    ],
    [
      "a deadline below what Pub/Sub takes",
      (d) => (d.services[INVOICES].subscriptions[0].deadline = seconds(9)),
      "services.invoices.subscriptions.orders.deadline is 9: allowed is a whole number of seconds from 10 to 600 (Pub/Sub acknowledgement deadline).",
    ],
    [
      "more attempts than Pub/Sub takes",
      (d) => (d.services[INVOICES].subscriptions[0].attempts = 101),
      "services.invoices.subscriptions.orders.attempts is 101: allowed is a whole number from 5 to 100 (Pub/Sub delivery attempts).",
    ],
    [
      "a path without a slash",
      (d) => (d.services[INVOICES].subscriptions[0].path = "orders"),
      'services.invoices.subscriptions.orders.path is "orders": allowed is a path that starts with /.',
    ],
    [
      "a subscription of a job",
      (d) => (d.jobs[0].subscriptions = [{ topic: "orders" }]),
      'jobs.replay.subscriptions is [{"topic":"orders"}]: "subscriptions" is not a known key.',
    ],
  ])("%s", (_, change, sentence) => {
    const found = issues(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });
});

describe("what is right", () => {
  test.each<[what: string, change: (draft: Draft) => void]>([
    ["a service that is public as well", (d) => (d.services[INVOICES].publicUrl = true)],
    ["a topic that nobody uses: stacks of the project may", (d) => (d.services[API].publishes = [])],
    ["a service that publishes what it takes", (d) => (d.services[INVOICES].publishes = ["orders"])],
    ["the number of the project that delivery states", withDeliveryNumber],
    [
      "two services that subscribe to one topic",
      (d) => (d.services[API].subscriptions = [{ topic: "orders" }]),
    ],
    ["exactly the longest request", (d) => (d.services[INVOICES].requestTimeout = seconds(600))],
    ["no publisher and no subscriber", (d) => (d.topics = [...d.topics, { name: "audit" }])],
  ])("%s", (_, change) => expect(issues(change)).toEqual([]));

  function withDeliveryNumber(draft: Draft): void {
    draft.state = { bucket: "acme-web-terraform-state" };
    draft.delivery = {
      repository: "acme/platform",
      repositoryId: "700112233",
      ownerId: "1234567",
      projectNumber: draft.projectNumber,
    };
    delete draft.projectNumber;
  }
});

test("the longest names that an environment takes are short enough for Pub/Sub, so that no check has to say so", () => {
  const longest = "a".repeat(40);
  const { names } = plan((draft) => (draft.prefix = "a".repeat(9)));
  const all = [names.topic(longest), names.deadLetters(longest), names.subscription(longest, longest)];
  expect(Math.max(...all.map((name) => name.length))).toBeLessThanOrEqual(255);
  expect(issues((draft) => (draft.topics[1].name = `${longest}a`))).toEqual([
    expect.stringMatching(/^topics\..*: allowed is a name of 1 to 40 lower-case letters/),
  ]);
});

test("the alert on waiting messages follows from the deadline and the start-up window", () => {
  const waiting = (change?: (draft: Draft) => void) =>
    plan(change).alerts.find(({ id }) => id === "subscription-orders-invoices-waiting")?.conditions[0];
  expect(waiting()).toMatchObject({ threshold: 60 + 600 });
  const changed = waiting((draft) => {
    draft.services[INVOICES].requestTimeout = seconds(deliveryLimits.ackDeadlineHigh.value);
    draft.deadlines = { startupWindow: seconds(300) };
  });
  expect(changed).toMatchObject({ threshold: 600 + 300 });
});
