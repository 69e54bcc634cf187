import { afterEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { runPreflightJob } from "../../google/preflight-job.ts";
import { startedExecution } from "../support/google-api/started-execution.ts";
import { type Asked, type Reply, startGoogleApis } from "../support/servers/google-apis.ts";
import type { Listening } from "../support/servers/https.ts";
import { holdTime } from "../support/time/held.ts";

const WITHIN = 300;
const time = holdTime();
const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const EXECUTION = "projects/p/locations/r/jobs/j/executions/j-x1";
const result = {
  environment: "staging",
  service: "auth",
  check: "cache/ping",
  category: "cache",
  status: "passed",
  critical: true,
  fault: null,
  why: "fine",
  seconds: 0.1,
};
const entries = [
  { jsonPayload: { preflight: result } },
  { jsonPayload: { preflight_summary: { status: "passed", passed: 1, failed: 0, skipped: 0 } } },
];

/** Runs a job with time that passes at once. */
async function run(
  execution: (look: number) => object,
  logs: (look: number) => readonly object[],
  variables: Record<string, string> = {},
  instead: (asked: Asked) => Reply | undefined = () => undefined,
) {
  const looks = { execution: 0, logs: 0 };
  const usual = ({ url: { pathname } }: Asked): Reply => {
    if (pathname.endsWith(":run")) return { status: 200, body: startedExecution(EXECUTION) };
    if (pathname.endsWith(":cancel")) return { status: 200 };
    if (pathname.endsWith("/entries:list")) return { status: 200, body: { entries: logs(++looks.logs) } };
    return { status: 200, body: execution(++looks.execution) };
  };
  const server = await startGoogleApis((one) => {
    const reply = instead(one) ?? usual(one);
    if (reply === "hang") void time.pass(WITHIN);
    return reply;
  });
  running.push(server);
  let now = 0;
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  const api = googleApi({ get: async () => "token", remedy: "" }, sleep, WITHIN);
  const context = { api, run: server.endpoint, logging: server.endpoint, now: () => now, sleep };
  const wanted = {
    environment: "staging",
    id: "gate-1",
    project: "p",
    region: "r",
    job: "j",
    within: 600,
    variables,
  };
  const done = runPreflightJob(wanted, context, new AbortController().signal);
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

const failing = (message: string) => ({ ...ended, conditions: [{ type: "Completed", message }] });

test.each([
  [
    "Image 'preflight@sha256:0' not found.",
    "the image of the preflight is not in the registry: build and push it, and write its digest into preflight.image (docs/preflight.md, Building the image); then run the same command again.",
  ],
  [
    "Secret projects/1/secrets/redis-auth/versions/1 was not found",
    'a secret has no version yet, or its job may not read it: "npm run secrets -- staging" lists those that are missing, with the commands that add them; then run the same command again.',
  ],
])("what Google says of a start is told at once, with the remedy: %s", async (message, remedy) => {
  const { done, now } = await run(
    () => failing(message),
    () => [],
  );
  await expect(done).rejects.toThrow(`j ended without its results (${message}): ${remedy}`);
  expect(now()).toBe(0);
});

test("an execution that says nothing is waited for, and both usual causes are told", async () => {
  const { done, now, asked } = await run(
    () => failing("Task j-x1-task0 failed."),
    () => [],
  );
  await expect(done).rejects.toThrow(
    /^j ended without its results \(Task j-x1-task0 failed\.\): where the image is missing in the registry, .*; where a secret version is missing, "npm run secrets -- staging" .*; otherwise see the log of execution j-x1\.$/,
  );
  expect(now()).toBe(60_000);
  // Cloud Logging answers 60 questions a minute, and every service asks.
  expect(asked.filter(({ url }) => url.pathname.endsWith("entries:list")).length).toBeLessThan(10);
});

test("why the probe could not check is told in its own words", async () => {
  const { done } = await run(
    () => failing("Task j-x1-task0 failed."),
    () => [{ textPayload: "PREFLIGHT_PLAN is not a plan of version 1: build the image of this checkout." }],
  );
  await expect(done).rejects.toThrow(
    "j ended without its results (PREFLIGHT_PLAN is not a plan of version 1: build the image of this checkout.)",
  );
});

test("an execution that somebody stops proves nothing", async () => {
  const skipped = { jsonPayload: { preflight: { ...result, status: "skipped" } } };
  const summary = { status: "interrupted", passed: 0, failed: 0, skipped: 1 };
  const { done } = await run(
    () => ended,
    () => [skipped, { jsonPayload: { preflight_summary: summary } }],
  );
  await expect(done).rejects.toThrow("Somebody else stopped execution j-x1 of j before its end");
});

test("the variables of one execution go with it", async () => {
  const { done, asked } = await run(
    () => ended,
    () => entries,
    { PREFLIGHT_ONLY: "contract" },
  );
  await done;
  expect(JSON.parse(asked[0]?.body ?? "")).toEqual({
    overrides: {
      containerOverrides: [
        {
          env: [
            { name: "PREFLIGHT_ID", value: "gate-1" },
            { name: "PREFLIGHT_ONLY", value: "contract" },
          ],
        },
      ],
    },
  });
});

test("an execution whose start was not answered is found by its id", async () => {
  const env = [{ name: "PREFLIGHT_ID", value: "gate-1" }];
  const listed = [
    { name: EXECUTION.replace("j-x1", "j-x0"), template: { containers: [{}] } },
    { name: EXECUTION, template: { containers: [{ env }] } },
  ];
  const { done, asked } = await run(
    () => ended,
    () => entries,
    {},
    (one) =>
      one.url.pathname.endsWith(":run")
        ? "hang"
        : one.url.pathname.endsWith("/executions")
          ? { status: 200, body: { executions: listed } }
          : undefined,
  );
  expect(await done).toEqual([result]);
  expect(asked.map(({ url }) => url.pathname.split("/").at(-1))).toEqual([
    "j:run",
    "executions",
    "j-x1",
    "entries:list",
  ]);
});

test("lines stored twice count once, and what is still missing is waited for", async () => {
  const other = { ...result, check: "cache/auth", status: "failed", critical: true };
  const summary = {
    jsonPayload: { preflight_summary: { status: "failed", passed: 1, failed: 1, skipped: 0 } },
  };
  const first = { jsonPayload: { preflight: result } };
  const { done } = await run(
    () => ended,
    (look) =>
      look === 1 ? [first, first, summary] : [first, first, summary, { jsonPayload: { preflight: other } }],
  );
  expect(await done).toEqual([result, other]);
});

test("an empty page with more to come is followed, and the search has a lower bound", async () => {
  const { done, asked } = await run(
    () => ended,
    () => [],
    {},
    ({ url, body }) => {
      if (!url.pathname.endsWith("entries:list")) return undefined;
      const { pageToken } = JSON.parse(body);
      return { status: 200, body: pageToken === "more" ? { entries } : { nextPageToken: "more" } };
    },
  );
  expect(await done).toEqual([result]);
  expect(JSON.parse(asked.at(-1)?.body ?? "").filter).toMatch(/^timestamp>="1969-12-31T23:00:00\.000Z" AND /);
});

test("a storm of 429 and 503 is outlasted, for the execution goes on", async () => {
  let storm = 0;
  const next = (): number => {
    storm += 1;
    return storm % 8;
  };
  const { done, asked } = await run(
    () => ended,
    () => entries,
    {},
    ({ url: { pathname } }) =>
      /entries:list$|j-x1$/.test(pathname) && next() !== 0
        ? { status: storm % 2 === 0 ? 429 : 503 }
        : undefined,
  );
  expect(await done).toEqual([result]);
  expect(asked.filter(({ url }) => url.pathname.endsWith(":cancel"))).toEqual([]);
});

test("a storm without an end is given up with the execution's time", async () => {
  const { done, asked } = await run(
    () => ended,
    () => entries,
    {},
    ({ url: { pathname } }) => (pathname.endsWith("j-x1") ? { status: 503 } : undefined),
  );
  await expect(done).rejects.toThrow(
    "returns HTTP 503, UNAVAILABLE: run the same command again in a few minutes.",
  );
  expect(asked.at(-1)?.url.pathname).toMatch(/:cancel$/);
});

test("a start that was answered with 504 may have been one: it is looked for before it is asked again", async () => {
  const env = [{ name: "PREFLIGHT_ID", value: "gate-1" }];
  const { done, asked } = await run(
    () => ended,
    () => entries,
    {},
    ({ url: { pathname } }) => {
      if (pathname.endsWith(":run")) return { status: 504 };
      if (!pathname.endsWith("/executions")) return undefined;
      return {
        status: 200,
        body: { executions: [{ name: EXECUTION, template: { containers: [{ env }] } }] },
      };
    },
  );
  expect(await done).toEqual([result]);
  expect(asked.filter(({ url }) => url.pathname.endsWith(":run"))).toHaveLength(1);
});

test.each<[string, object, readonly object[], string]>([
  [
    "cancelled before it said anything",
    { cancelledCount: 1 },
    [],
    "Somebody else stopped execution j-x1 of j",
  ],
  [
    "failed, though its lines tell of nothing",
    { failedCount: 1 },
    entries,
    "Execution j-x1 of j failed, though no critical check did",
  ],
  [
    "succeeded, and whose lines are kept out of the log",
    { succeededCount: 1 },
    [],
    "Execution j-x1 of j succeeded, but its log entries did not arrive in Cloud Logging: if the sink _Default",
  ],
])("an execution that was %s is no success", async (_, counts, lines, sentence) => {
  const { done } = await run(
    () => ({ ...ended, ...counts }),
    () => lines,
  );
  await expect(done).rejects.toThrow(sentence);
});

test("an execution that was deleted is reported in a sentence", async () => {
  const { done } = await run(
    () => ended,
    () => entries,
    {},
    ({ url: { pathname } }) => (pathname.endsWith("j-x1") ? { status: 404 } : undefined),
  );
  await expect(done).rejects.toThrow("Execution j-x1 of j no longer exists: it was deleted");
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
