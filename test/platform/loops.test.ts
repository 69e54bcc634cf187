import { describe, expect, test } from "@jest/globals";
import { messageRoutes } from "../../platform/backing-services/messaging.ts";
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
  const position = watcher?.events?.findIndex(({ bucket }) => bucket !== undefined) ?? 0;
  const writing = (draft: Draft, more: object = {}): void => {
    service(draft, name).buckets = [{ bucket: event?.bucket, access: "write" }];
    Object.assign(service(draft, name).events[position], more);
  };

  test("is refused, until the environment says why that ends", () => {
    expect(issues((draft: Draft) => writing(draft))).toEqual([
      `services.${name}.events.${event?.name} is of the bucket ${event?.bucket}: ${name} writes to ${event?.bucket}, too, so that each call may cause the next one, without end. Fix: write to another bucket, or say why its own writes do not call it again: loopEnds: "objects below thumbnails/ are ignored".`,
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
      `services.${name}.events.${event?.name}.loopEnds is "it does not write": ${name} causes no such event itself, so that there is no loop. Fix: remove it.`,
    ]);
  });
});

test("who waits for events of a bucket uses it", () => {
  const rows = bucketRows(plan()).map(({ bucket, use }) => [bucket.name, use?.workload, use?.access]);
  expect(rows).toContainEqual([expect.any(String), expect.any(String), "get its events"]);
  expect(rows.filter(([, workload]) => workload === undefined)).toEqual([]);
});

test("who waits for events of a topic gets its messages", () => {
  expect(messageRoutes(plan()).map(({ topic, subscription, event }) => [topic, subscription, event])).toEqual(
    [["orders", undefined, { service: "thumbnails", path: "/" }]],
  );
});
