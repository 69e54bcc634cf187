import { describe, expect, test } from "@jest/globals";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** `thumbnails` waits for objects of uploads, messages of orders and an entry of the audit log. */
const { plan, issues } = changedShape("events");
const events = (draft: Draft) => draft.services[0].events;

test("a trigger waits for what its event states", () => {
  expect(
    plan().eventTriggers.map(({ name, source, criteria, topicId }) => [name, source, criteria, topicId]),
  ).toEqual([
    [
      "events-uploaded",
      "objects of the bucket uploads: written",
      { type: "google.cloud.storage.object.v1.finalized", bucket: "acme-web-events-uploads" },
      undefined,
    ],
    [
      "events-ordered",
      "messages of the topic orders",
      { type: "google.cloud.pubsub.topic.v1.messagePublished" },
      "projects/acme-web/topics/events-orders",
    ],
    [
      "events-created",
      "audit log: storage.buckets.create of storage.googleapis.com",
      {
        type: "google.cloud.audit.log.v1.written",
        serviceName: "storage.googleapis.com",
        methodName: "storage.buckets.create",
      },
      undefined,
    ],
  ]);
});

describe("what is refused, in one sentence", () => {
  test.each<[what: string, change: (draft: Draft) => void, sentences: string[]]>([
    [
      "no source",
      (d) => {
        delete events(d)[1].topic;
      },
      [
        'services.thumbnails.events.ordered is without a source: an event comes from one of bucket, topic and audit. Fix: write for example bucket: "uploads".',
      ],
    ],
    [
      "two sources",
      (d) => (events(d)[1].bucket = "uploads"),
      [
        "services.thumbnails.events.ordered is bucket and topic: an event comes from one of bucket, topic and audit. Fix: make an entry of each.",
      ],
    ],
    [
      "a bucket and a topic that nobody declares",
      (d) => {
        events(d)[0].bucket = "upload";
        events(d)[1].topic = "order";
      },
      [
        'services.thumbnails.events.uploaded.bucket is "upload": no bucket of this name is declared. Fix: did you mean "uploads"? Otherwise add { name: "upload" } to buckets.',
        'services.thumbnails.events.ordered.topic is "order": no topic of this name is declared. Fix: did you mean "orders"? Otherwise add { name: "order" } to topics.',
      ],
    ],
    [
      "a change of no object",
      (d) => (events(d)[1].change = "deleted"),
      [
        'services.thumbnails.events.ordered.change is "deleted": it is what happens to an object, and the event is not of a bucket. Fix: remove it, or write bucket.',
      ],
    ],
    [
      "one name of two triggers, of another service too",
      (d) => (d.services[1].events = [{ name: "uploaded", topic: "orders" }]),
      [
        'services.orders.events.uploaded.name is "uploaded": an event of thumbnails has this name, and each is a trigger of its own. Fix: give each its own name.',
      ],
    ],
    [
      "events of a bucket without the number of the project",
      (d) => {
        delete d.projectNumber;
      },
      [
        'projectNumber is missing: thumbnails waits for events of a bucket, and the account as which Cloud Storage sends them holds the number of the project. Fix: add it: gcloud projects describe acme-web --format="value(projectNumber)".',
      ],
    ],
    [
      "an address that is switched off",
      (d) => {
        d.provider = "8";
        d.services[0].defaultUriDisabled = true;
      },
      [
        "services.thumbnails.defaultUriDisabled is true: its run.app address is needed: Eventarc sends events to it (events). Fix: remove defaultUriDisabled: ingress already keeps others out of that address.",
      ],
    ],
    [
      "events to a server of gRPC alone",
      (d) => (d.services[0].protocol = "grpc"),
      [
        'services.thumbnails.protocol is "grpc": Eventarc sends events to it as POST requests (events), and a server of gRPC alone answers no such request. Fix: write protocol: "h2c" and answer HTTP next to gRPC, with grpcService in its probes, or remove what calls it.',
      ],
    ],
    [
      "an API and a method that are none",
      (d) => (events(d)[2].audit = { service: "storage", method: "" }),
      [
        'services.thumbnails.events.created.audit.service is "storage": allowed is the name of an API of Google. Fix: write for example "bigquery.googleapis.com".',
        'services.thumbnails.events.created.audit.method is "": allowed is the methodName of the audit log. Fix: write for example "storage.buckets.create".',
      ],
    ],
  ])("%s", (_, change, sentences) => {
    expect(issues(change).sort()).toEqual([...sentences].sort());
  });
});
