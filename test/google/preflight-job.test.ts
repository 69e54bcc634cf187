import { afterEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { runPreflightJob } from "../../google/preflight-job.ts";
import { type Asked, type Reply, startGoogleApis } from "../support/servers/google-apis.ts";
import type { Listening } from "../support/servers/https.ts";

const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const EXECUTION = "projects/p/locations/r/jobs/j/executions/j-x1";
const result = { service: "auth", check: "cache/ping", status: "passed" };
const entries = [
  { jsonPayload: { preflight: result } },
  { jsonPayload: { preflight_summary: { passed: 1, failed: 0, skipped: 0 } } },
];

/** Runs a job with time that passes at once. */
async function run(execution: (look: number) => object, logs: (look: number) => readonly object[]) {
  const looks = { execution: 0, logs: 0 };
  const reply = ({ url: { pathname } }: Asked): Reply => {
    if (pathname.endsWith(":run")) return { status: 200, body: { metadata: { name: EXECUTION } } };
    if (pathname.endsWith(":cancel")) return { status: 200 };
    if (pathname.endsWith("/entries:list")) return { status: 200, body: { entries: logs(++looks.logs) } };
    return { status: 200, body: execution(++looks.execution) };
  };
  const server = await startGoogleApis(reply);
  running.push(server);
  let now = 0;
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  const api = googleApi({ get: async () => "token", remedy: "" }, sleep);
  const around = { api, run: server.endpoint, logging: server.endpoint, now: () => now, sleep };
  const wanted = { project: "p", region: "r", job: "j", within: 600 };
  const done = runPreflightJob(wanted, around, new AbortController().signal);
  return { done, asked: server.asked, now: () => now };
}

const ended = { completionTime: "2026-11-21T12:00:00Z" };

test("an execution is waited for, and its lines too, which come late", async () => {
  const { done, asked } = await run(
    (look) => (look < 4 ? {} : ended),
    (look) => entries.slice(0, look - 1),
  );
  expect(await done).toEqual([result]);
  expect(asked.map(({ url }) => url.pathname.split("/").at(-1))).toEqual([
    "j:run",
    ...Array.from({ length: 4 }, () => "j-x1"),
    ...Array.from({ length: 3 }, () => "entries:list"),
  ]);
});

test("an image that is missing is told in Google's words, with the remedy", async () => {
  const failed = {
    ...ended,
    conditions: [{ type: "Completed", message: "Image 'preflight@sha256:0' not found." }],
  };
  const { done, now } = await run(
    () => failed,
    () => [],
  );
  await expect(done).rejects.toThrow(
    "j ended without its results (Image 'preflight@sha256:0' not found.): check that preflight.image is in the registry, and the log of execution j-x1.",
  );
  expect(now()).toBe(60_000);
});

test("an execution that does not end is cancelled", async () => {
  const { done, asked, now } = await run(
    () => ({}),
    () => [],
  );
  await expect(done).rejects.toThrow("j did not end within 600 s and was cancelled");
  expect(now()).toBe(600_000);
  expect(asked.at(-1)?.url.pathname).toBe(`/v2/${EXECUTION}:cancel`);
});
