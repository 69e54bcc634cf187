import { describe, expect, test } from "@jest/globals";
import { TerraformResource } from "cdktf";
import { platformPlan } from "../../platform/plan.ts";
import { platformApis } from "../../stacks/foundation-stack.ts";
import { changedShape } from "../support/changed-shape.ts";
import {
  findings,
  type Json,
  resource,
  resources,
  stackOf,
  synthesisOf,
  synthesized,
} from "../support/synthesized.ts";

const { environment: worker } = changedShape("worker");

const subject = worker();
const stacks = synthesized(subject);
const account = (name: string): string =>
  `serviceAccount:worker-${name}-run@acme-web.iam.gserviceaccount.com`;
const AGENT = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";

describe("the stack of topics", () => {
  const json = stacks["worker-messaging"];

  test("has every topic, and the dead letters of those that a service subscribes to", () => {
    const topics = resources(json, "google_pubsub_topic");
    expect(topics.map((topic) => [topic.name, topic.message_retention_duration]).sort()).toEqual([
      ["worker-archive", undefined],
      ["worker-orders", "604800s"],
      ["worker-orders-dead-letters", undefined],
    ]);
    expect(resources(json, "google_pubsub_subscription").map(({ name }) => name)).toEqual([
      "worker-orders-dead-letters",
    ]);
  });

  test("gives the right to publish to the publishers, and of dead letters to Pub/Sub", () => {
    const grants = resources(json, "google_pubsub_topic_iam_member").map(({ topic, role, member }) => [
      /topic\.([a-z-]+)_/.exec(topic)?.[1],
      role,
      member,
    ]);
    expect(grants.sort()).toEqual([
      ["dead-letters-orders", "roles/pubsub.publisher", AGENT],
      ["topic-orders", "roles/pubsub.publisher", account("api")],
      ["topic-orders", "roles/pubsub.publisher", account("replay")],
    ]);
  });

  test("comes before the services and jobs that name a topic, and before no others", () => {
    const after = synthesisOf(
      worker((draft) => draft.services.push({ ...draft.services[0], name: "web", publishes: [] })),
    )
      .stacks.filter(({ dependencies }) => dependencies.includes("worker-messaging"))
      .map(({ name }) => name);
    expect(after.sort()).toEqual([
      "worker-job-replay",
      "worker-operations",
      "worker-service-api",
      "worker-service-invoices",
    ]);
  });
});

describe("the stack of a service that subscribes", () => {
  const json = stacks["worker-service-invoices"];
  const { resource: blocks } = json as Json;

  test("has the subscription, which calls the service as the service itself", () => {
    const [address] = Object.keys(blocks.google_cloud_run_v2_service);
    const uri = `\${google_cloud_run_v2_service.${address}.uri}`;
    expect(resource(json, "google_pubsub_subscription")).toMatchObject({
      name: "worker-orders-invoices",
      topic: "projects/acme-web/topics/worker-orders",
      ack_deadline_seconds: 60,
      push_config: {
        push_endpoint: `${uri}/orders`,
        oidc_token: {
          audience: uri,
          service_account_email: "worker-invoices-run@acme-web.iam.gserviceaccount.com",
        },
      },
      dead_letter_policy: {
        dead_letter_topic: "projects/acme-web/topics/worker-orders-dead-letters",
        max_delivery_attempts: 5,
      },
    });
    expect(resource(json, "google_cloud_run_v2_service").ingress).toBe("INGRESS_TRAFFIC_INTERNAL_ONLY");
  });

  test("lets the account call this service alone, before the first message comes", () => {
    const [invoker] = Object.entries(blocks.google_cloud_run_v2_service_iam_member) as [string, Json][];
    expect(invoker?.[1]).toMatchObject({ role: "roles/run.invoker", member: account("invoices") });
    expect(resource(json, "google_pubsub_subscription").depends_on).toContain(
      `google_cloud_run_v2_service_iam_member.${invoker?.[0]}`,
    );
    expect(resources(stacks["worker-service-api"], "google_cloud_run_v2_service_iam_member")).toEqual([]);
  });

  test("lets Pub/Sub take dead letters out of the subscription", () => {
    expect(resource(json, "google_pubsub_subscription_iam_member")).toMatchObject({
      role: "roles/pubsub.subscriber",
      member: AGENT,
    });
  });

  test("admits nobody by identity where the service is public", () => {
    const open = synthesized(worker((draft) => (draft.services[1].publicUrl = true)));
    expect(resources(open["worker-service-invoices"], "google_cloud_run_v2_service_iam_member")).toEqual([]);
    expect(resources(open["worker-service-invoices"], "google_pubsub_subscription")).toHaveLength(1);
  });
});

test("a service and a job that publish know the topic", () => {
  for (const stack of ["worker-service-api", "worker-job-replay"])
    expect(JSON.stringify(stacks[stack])).toContain(
      '{"name":"ORDERS_TOPIC","value":"projects/acme-web/topics/worker-orders"}',
    );
  expect(JSON.stringify(stacks["worker-service-invoices"])).not.toContain("ORDERS_TOPIC");
});

test("what an environment without topics lacks costs nothing", () => {
  const none = worker((draft) => {
    delete draft.topics;
    for (const service of [...draft.services, ...draft.jobs]) {
      delete service.publishes;
      delete service.subscriptions;
    }
  });
  expect(JSON.stringify(synthesized(none))).not.toMatch(/pubsub/);
  expect(platformApis(platformPlan(none))).not.toContain("pubsub.googleapis.com");
  expect(platformApis(platformPlan(subject))).toContain("pubsub.googleapis.com");
});

test("topics alone need neither the number of the project nor dead letters", () => {
  const alone = synthesized(
    worker((draft) => {
      delete draft.projectNumber;
      delete draft.services[1].subscriptions;
    }),
  );
  expect(JSON.stringify(alone)).not.toMatch(/dead-letters|gcp-sa-pubsub|google_pubsub_subscription/);
});

test("the deployer may manage topics, subscriptions and their grants, and run as the account of the token", () => {
  const delivered = synthesized(
    worker((draft) => {
      draft.state = { bucket: "acme-web-terraform-state" };
      draft.delivery = {
        repository: "acme/platform",
        repositoryId: "700112233",
        ownerId: "1234567",
        projectNumber: "123456789012",
      };
    }),
  )["worker-delivery"];
  expect(resources(delivered, "google_project_iam_member").map(({ role }) => role)).toEqual(
    expect.arrayContaining(["roles/pubsub.admin"]),
  );
  expect(
    resources(delivered, "google_service_account_iam_member").map(
      ({ service_account_id }) => service_account_id,
    ),
  ).toContain("projects/acme-web/serviceAccounts/worker-invoices-run@acme-web.iam.gserviceaccount.com");
});

/** The kind: a second proof that does not see what the first one made. */
describe("the rule book sees what is missing", () => {
  function without(stack: string, construct: string): string[] {
    const left = findings(subject, (app) => {
      const parent = construct.split("/").slice(0, -1);
      const scope = parent.reduce((node, id) => node.findChild(id).node, stackOf(app, stack).node);
      expect(scope.tryRemoveChild(construct.split("/").at(-1) ?? "")).toBe(true);
      for (const child of stackOf(app, stack).node.findAll())
        if (TerraformResource.isTerraformResource(child)) child.dependsOn = [];
    });
    return left.map(({ rule, severity }) => `${rule} ${severity}`);
  }

  test.each([
    ["worker-service-invoices", "service-invoices/Invoker-worker-invoices-run", "identity/run-invoker error"],
    ["worker-service-invoices", "subscription-orders/Agent", "identity/dead-letter error"],
    ["worker-messaging", "dead-letters-orders/Topic/Publisher-agent", "identity/dead-letter error"],
    ["worker-messaging", "topic-orders/Resource", "reachability/names-exist error"],
  ])("%s without %s", (stack, construct, expected) => {
    expect(without(stack, construct)).toContain(expected);
  });
});
