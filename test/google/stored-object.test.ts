import { afterEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { Conflict } from "../../google/errors.ts";
import { readObject, writeObject } from "../../google/stored-object.ts";
import { type Cloud, startCloud } from "../support/cloud/cloud.ts";

let cloud: Cloud;
afterEach(() => cloud.stop());
const { signal } = new AbortController();

async function start() {
  cloud = await startCloud(() => 0);
  const api = googleApi({ get: async () => "token", remedy: "" }, async () => {});
  return { api, storage: cloud.endpoint, bucket: "state", object: "rollout/staging.json" };
}

const upload = ({ path }: { path: string }): boolean => path.startsWith("/upload/");

test("an object is made where there is none, and overwritten only in the version that was read", async () => {
  const place = await start();
  expect(await readObject(place, signal)).toBeUndefined();
  const first = await writeObject(place, '{"a":1}', undefined, signal);
  expect(await readObject(place, signal)).toEqual({ text: '{"a":1}', generation: first });
  await expect(writeObject(place, '{"a":9}', undefined, signal)).rejects.toBeInstanceOf(Conflict);
  const second = await writeObject(place, '{"a":2}', first, signal);
  await expect(writeObject(place, '{"a":9}', first, signal)).rejects.toBeInstanceOf(Conflict);
  expect(await readObject(place, signal)).toEqual({ text: '{"a":2}', generation: second });
});

test("of many who write over the same version, one wins", async () => {
  const place = await start();
  const base = await writeObject(place, "{}", undefined, signal);
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, (_, who) => writeObject(place, JSON.stringify({ who }), base, signal)),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a write whose answer was lost is found again, and is no conflict", async () => {
  const place = await start();
  const base = await writeObject(place, "{}", undefined, signal);
  cloud.faults.push({ when: upload, trouble: "lost", times: 1 });
  const generation = await writeObject(place, '{"a":1}', base, signal);
  expect(await readObject(place, signal)).toEqual({ text: '{"a":1}', generation });
});

test("429 and 503 are asked again", async () => {
  const place = await start();
  cloud.faults.push({ when: upload, trouble: 429, times: 2 }, { when: upload, trouble: 503, times: 1 });
  expect(await writeObject(place, "{}", undefined, signal)).toMatch(/^\d+$/);
});
