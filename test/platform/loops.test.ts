import { describe, expect, test } from "@jest/globals";
import { bucketRows } from "../../platform/backing-services/storage.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const { plan, issues } = changedShape("events");
const service = (draft: Draft, name: string): Draft =>
  draft.services.find((each: Draft) => each.name === name) as Draft;

describe("a service that is called by what it writes itself", () => {
  const watcher = plan().services.find(({ events = [] }) =>
    events.some(({ bucket }) => bucket !== undefined),
  );
  const name = watcher?.name ?? "";
  const [event] = watcher?.events?.filter(({ bucket }) => bucket !== undefined) ?? [];
  const position = watcher?.events?.findIndex((each) => each === event) ?? 0;
  const writing = (draft: Draft, more: object = {}): void => {
    service(draft, name).buckets = [{ bucket: event?.bucket, access: "write" }];
    Object.assign(service(draft, name).events[position], more);
  };

  test("is refused, until the environment says why that ends", () => {
    expect(issues((draft: Draft) => writing(draft))).toEqual([
      `services.${name}.events.${event?.name} is the bucket ${event?.bucket}: ${name} writes to ${event?.bucket} and is called by what is written there, so that each call may cause the next one, without end. Fix: write elsewhere, or say in loopEnds why its own writes do not call it again: loopEnds: "objects below thumbnails/ are ignored".`,
    ]);
    expect(issues((draft: Draft) => writing(draft, { loopEnds: "thumbnails are ignored" }))).toEqual([]);
  });

  test("may delete what it is called about, and read", () => {
    expect(issues((draft: Draft) => writing(draft, { change: "deleted" }))).toEqual([]);
    expect(
      issues((draft: Draft) => {
        writing(draft);
        service(draft, name).buckets[0].access = "read";
      }),
    ).toEqual([]);
  });

  test("a reason without a loop is refused", () => {
    expect(
      issues((draft: Draft) => {
        service(draft, name).events[position].loopEnds = "it does not write";
      }),
    ).toEqual([
      `services.${name}.events.${event?.name}.loopEnds is "it does not write": ${name} does not write to the bucket ${event?.bucket}, so that there is no loop. Fix: remove it.`,
    ]);
  });

  test("the same of a topic, by events and by subscriptions", () => {
    const shape = changedShape("worker");
    const subscriber = shape.plan().services.find(({ subscriptions = [] }) => subscriptions.length > 0);
    const topic = subscriber?.subscriptions?.[0]?.topic ?? "";
    const own = (draft: Draft): Draft => service(draft, subscriber?.name ?? "");
    expect(shape.issues((draft: Draft) => (own(draft).publishes = [topic]))).toEqual([
      expect.stringContaining(`${subscriber?.name} publishes to ${topic} and is called by its messages`),
    ]);
    expect(
      shape.issues((draft: Draft) => {
        own(draft).publishes = [topic];
        own(draft).subscriptions[0].loopEnds = "pages that are left are counted down";
      }),
    ).toEqual([]);
  });
});

test("who waits for events of a bucket uses it", () => {
  const rows = bucketRows(plan()).map(({ bucket, use }) => [bucket.name, use?.workload, use?.access]);
  expect(rows).toContainEqual([expect.any(String), expect.any(String), "get its events"]);
  expect(rows.filter(([, workload]) => workload === undefined)).toEqual([]);
});
