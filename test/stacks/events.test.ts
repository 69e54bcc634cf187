import { expect, test } from "@jest/globals";
import { topology } from "../../analysis/topology/topology.ts";
import { platformPlan } from "../../platform/plan.ts";
import { platformApis } from "../../stacks/foundation-stack.ts";
import { changedShape } from "../support/changed-shape.ts";
import { findings, type Json, resources, stackOf, synthesisOf, synthesized } from "../support/synthesized.ts";

const { environment } = changedShape("events");
const subject = environment();
const stacks = synthesized(subject);
const account = "serviceAccount:events-thumbnails-run@acme-web.iam.gserviceaccount.com";

test("each event is a trigger in the stack of its service, as the service itself", () => {
  const triggers = resources(stacks["events-service-thumbnails"], "google_eventarc_trigger").sort((a, b) =>
    b.name.localeCompare(a.name),
  );
  expect(
    triggers.map(({ name, location, service_account, destination }) => [
      name,
      location,
      `serviceAccount:${service_account}`,
      destination.cloud_run_service.path,
      destination.cloud_run_service.region,
    ]),
  ).toEqual([
    ["events-uploaded", "europe-west1", account, "/uploads", "europe-west1"],
    ["events-ordered", "europe-west1", account, "/", "europe-west1"],
    ["events-created", "europe-west1", account, "/", "europe-west1"],
  ]);
  expect(triggers.map(({ transport }) => transport?.pubsub.topic)).toEqual([
    undefined,
    "projects/acme-web/topics/events-orders",
    undefined,
  ]);
});

test("it may receive events and invoke the service, and Cloud Storage may send them", () => {
  const roles = (stack: string) =>
    resources(stacks[stack], "google_project_iam_member").map(({ role, member }) => [role, member]);
  expect(roles("events-foundation")).toEqual([["roles/eventarc.eventReceiver", expect.any(String)]]);
  expect(roles("events-storage")).toEqual([
    [
      "roles/pubsub.publisher",
      "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
    ],
  ]);
  const invokers = resources(stacks["events-service-thumbnails"], "google_cloud_run_v2_service_iam_member");
  expect(invokers.map(({ role, member }) => [role, member])).toEqual([["roles/run.invoker", account]]);
  expect(platformApis(platformPlan(subject))).toEqual(
    expect.arrayContaining(["eventarc.googleapis.com", "pubsub.googleapis.com", "storage.googleapis.com"]),
  );
});

test("messages of a topic alone need no right to receive events, and no grant of Cloud Storage", () => {
  const json = synthesized(
    environment((draft) => {
      draft.services[0].events = [{ name: "ordered", topic: "orders" }];
    }),
  );
  expect(JSON.stringify(json)).not.toMatch(/eventReceiver|gs-project-accounts/);
});

test("the service comes after the bucket and the topic of its events, and no other one does", () => {
  const dependencies = (name: string) =>
    synthesisOf(subject).stacks.find((stack) => stack.name === `events-service-${name}`)?.dependencies;
  expect(dependencies("thumbnails")).toEqual(expect.arrayContaining(["events-storage", "events-messaging"]));
  expect(dependencies("orders")).not.toContain("events-storage");
});

test("the topology shows where events come from and go to", () => {
  const { nodes, edges } = topology(synthesisOf(subject).graph(subject));
  const name = (id: string) => nodes.find((node) => node.id === id)?.lines[0];
  const drawn = edges.map(({ from, to, label }) => [name(from), name(to), label]);
  for (const edge of [
    ["acme-web-events-uploads", "events-uploaded", ""],
    ["events-orders", "events-ordered", ""],
    ["events-uploaded", "events-thumbnails", "event"],
  ])
    expect(drawn).toContainEqual(edge);
});

test("the deployer may manage triggers", () => {
  const delivered: Json = synthesized(
    environment((draft) => {
      draft.state = { bucket: "acme-web-terraform-state" };
      draft.delivery = {
        repository: "acme/platform",
        repositoryId: "700112233",
        ownerId: "1234567",
        projectNumber: "123456789012",
      };
    }),
  )["events-delivery"];
  expect(resources(delivered, "google_project_iam_member").map(({ role }) => role)).toContain(
    "roles/eventarc.admin",
  );
});

/** The kind: a second proof that does not see what the first one made. */
test("the rule book sees that the right to invoke is missing", () => {
  const found = findings(subject, (app) => {
    const service = stackOf(app, "events-service-thumbnails").node.findChild("service-thumbnails");
    expect(service.node.tryRemoveChild("Invoker-events-thumbnails-run")).toBe(true);
  });
  expect(found.map(({ rule }) => rule)).toContain("identity/run-invoker");
});

test("what an environment without events lacks costs nothing", () => {
  const none = environment((draft) => {
    for (const service of draft.services) delete service.events;
  });
  expect(JSON.stringify(synthesized(none))).not.toMatch(/eventarc|gs-project-accounts/);
});
