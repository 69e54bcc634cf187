import { afterEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { Conflict } from "../../google/errors.ts";
import { readRevision } from "../../google/revisions.ts";
import { readService, writeTraffic } from "../../google/services.ts";
import { type Cloud, startCloud } from "../support/cloud/cloud.ts";
import { template } from "../support/cloud/world.ts";

let cloud: Cloud;
afterEach(() => cloud.stop());

const NAME = "projects/p/locations/r/services/api";
const REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
const { signal } = new AbortController();
let now = 1_000_000;

async function start() {
  cloud = await startCloud(() => now);
  const service = cloud.add(NAME, template("api", "a"));
  now += 60_000;
  const pauses: number[] = [];
  const api = googleApi({ get: async () => "token", remedy: "" }, async (pause) => void pauses.push(pause));
  const place = { api, run: cloud.endpoint, project: "p", region: "r" };
  const read = async () => {
    const found = await readService(place, "api", signal);
    if (found === undefined) throw new Error("no service");
    return found;
  };
  return { service, place, read, pauses };
}

test("a service is read with short names, and what is not there is undefined", async () => {
  const { place, read } = await start();
  expect(await read()).toMatchObject({
    name: NAME,
    reconciling: false,
    succeeded: true,
    latestCreated: "api-00001-a",
    latestReady: "api-00001-a",
    traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
  });
  expect(await readService(place, "web", signal)).toBeUndefined();
  expect(await readRevision(place, "api", "api-00009-x", signal)).toBeUndefined();
});

test("two revisions of one template have one hash, another template has another", async () => {
  const { service, place } = await start();
  service.patch({ template: template("api", "b") }, ["template"]);
  service.patch({ template: template("api", "a") }, ["template"]);
  now += 60_000;
  const hashes = await Promise.all(
    service.revisions.map(async ({ name }) => (await readRevision(place, "api", name, signal))?.template),
  );
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(hashes[2]).toBe(hashes[0]);
  expect(hashes[1]).not.toBe(hashes[0]);
});

test("a write under an old etag is a conflict, and changes nothing", async () => {
  const { service, place, read } = await start();
  const before = await read();
  service.patch({ traffic: [{ type: REVISION, revision: "api-00001-a", percent: 100 }] }, ["traffic"]);
  const wanted = [{ type: REVISION, revision: "api-00001-a", percent: 100, tag: "mine" }] as const;
  await expect(writeTraffic(place, before, wanted, signal)).rejects.toBeInstanceOf(Conflict);
  expect((await read()).traffic).toEqual([{ type: REVISION, revision: "api-00001-a", percent: 100 }]);
  await writeTraffic(place, await read(), wanted, signal);
  expect((await read()).traffic).toEqual(wanted);
});

test("the template is never in a write of traffic", async () => {
  const { place, read } = await start();
  await writeTraffic(
    place,
    await read(),
    [{ type: REVISION, revision: "api-00001-a", percent: 100 }],
    signal,
  );
  const patch = cloud.asked.find(({ method }) => method === "PATCH");
  expect(patch?.query.toString()).toBe("updateMask=traffic");
  expect(Object.keys(patch?.body ?? {})).toEqual(["name", "etag", "traffic"]);
});

test("a write is asked once, whatever the answer: who repeats must look first", async () => {
  const { place, read, pauses } = await start();
  const service = await read();
  for (const trouble of [503, 429, "dropped", "lost"] as const) {
    cloud.faults.splice(0, 1, { when: ({ method }) => method === "PATCH", trouble });
    const sent = cloud.asked.length;
    const traffic = [{ type: REVISION, revision: "api-00001-a", percent: 100 }] as const;
    await expect(writeTraffic(place, service, traffic, signal)).rejects.toThrow(/127\.0\.0\.1/);
    expect(cloud.asked.length).toBe(sent + 1);
  }
  expect(pauses).toEqual([]);
});

test("an operation that has failed already is told in Google's words", async () => {
  const { place, read } = await start();
  const service = await read();
  cloud.faults.push({ when: ({ method }) => method === "PATCH", trouble: "operation failed" });
  await expect(writeTraffic(place, service, [], signal)).rejects.toThrow(
    "Cloud Run did not move the traffic of api: internal error",
  );
});

test("what was written and what is in force are two things for some seconds", async () => {
  const { place, read } = await start();
  await writeTraffic(
    place,
    await read(),
    [{ type: REVISION, revision: "api-00001-a", percent: 100, tag: "t" }],
    signal,
  );
  const fresh = await read();
  expect([fresh.reconciling, fresh.traffic[0]?.tag, fresh.trafficStatuses[0]?.tag]).toEqual([
    true,
    "t",
    undefined,
  ]);
  now += 10_000;
  const settled = await read();
  expect([settled.reconciling, settled.trafficStatuses[0]?.tag]).toEqual([false, "t"]);
  expect(settled.trafficStatuses[0]?.uri).toMatch(/^https:\/\/t---api-/);
});
