import { afterEach, describe, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { GoogleClock, hearTime } from "../../google/clock.ts";
import { endpoints } from "../../google/endpoints.ts";
import { runPreflightJob } from "../../google/preflight-job.ts";
import type { RolloutClient } from "../../rollout/client.ts";
import { type World, world } from "../support/cloud/world.ts";
import { startedExecution } from "../support/google-api/started-execution.ts";
import { startGoogleApis } from "../support/servers/google-apis.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let here: World | undefined;
afterEach(() => here?.stop());

/** Milliseconds by which the clocks of two machines are ahead of Google's. */
const SKEWS = [
  { operator: -90 * SECOND, watchdog: 0 },
  { operator: HOUR, watchdog: -24 * HOUR },
] as const;

describe("a wrong clock of any machine", () => {
  test.each(SKEWS)("rolls back no healthy rollout: $operator ms, watchdog $watchdog ms", async (skew) => {
    const at = await world();
    here = at;
    const outcomes = new Set<string>();
    const watched = (client: RolloutClient): RolloutClient => ({
      ...client,
      observe: async (service) => {
        outcomes.add((await at.watchdog(skew.watchdog)).outcome);
        return client.observe(service);
      },
    });
    const { outcome } = await at.roll(["auth"], { steps: [100], wrap: watched, skew: skew.operator });
    expect([outcome, [...outcomes]]).toEqual(["completed", ["idle"]]);
    expect(at.shares("auth")).toEqual({ "staging-auth-00002-b": 100 });
  });

  test.each(SKEWS)("keeps no dead rollout alive: $operator ms, watchdog $watchdog ms", async (skew) => {
    const at = await world();
    here = at;
    await dyingInTheSoak(at, skew.operator);
    expect((await at.watchdog(skew.watchdog)).outcome).toBe("idle");
    expect((await at.resume({}, undefined, skew.watchdog)).outcome).toBe("held");
    at.clock.now += 3 * MINUTE;
    expect((await at.watchdog(skew.watchdog)).outcome).toBe("rolled back");
    expect(at.shares("auth")).toEqual({ [at.stable("auth")]: 100 });
  });

  test.each(SKEWS)("lets another process resume it: $operator ms, then $watchdog ms", async (skew) => {
    const at = await world();
    here = at;
    await dyingInTheSoak(at, skew.operator);
    at.clock.now += 3 * MINUTE;
    expect((await at.resume({}, undefined, skew.watchdog)).outcome).toBe("completed");
  });
});

/** Rolls auth out to 50 %, and is never heard of again in the middle of the soak. */
async function dyingInTheSoak(at: World, skew: number): Promise<void> {
  await new Promise<void>((died) => {
    const dying = (client: RolloutClient): RolloutClient => ({
      ...client,
      observe: async (service) => {
        if (at.rollout().services.auth?.phase !== "soaking") return client.observe(service);
        died();
        return new Promise(() => {});
      },
    });
    void at.roll(["auth"], { steps: [50, 100], wrap: dying, skew });
  });
}

/** The kind: a window of time that Google is asked for ends and begins on Google's clock. */
test("the log of a preflight is searched from Google's time on, whatever this machine's clock says", async () => {
  const date = "Thu, 01 Jan 2099 12:00:00 GMT";
  const name = "projects/p/locations/r/jobs/j/executions/j-x1";
  const summary = { preflight_summary: { status: "passed", passed: 0, failed: 0, skipped: 0 } };
  const entries = [{ jsonPayload: summary }];
  const server = await startGoogleApis(({ url: { pathname } }) => ({
    status: 200,
    headers: { date },
    body: pathname.endsWith(":run")
      ? startedExecution(name)
      : pathname.endsWith("/entries:list")
        ? { entries }
        : { completionTime: "2099-01-01T12:00:00Z" },
  }));
  try {
    const clock = new GoogleClock(() => 5);
    const sleep = async () => {};
    const api = googleApi({ get: async () => "token", remedy: "" }, sleep, undefined, clock.heard);
    const context = { api, run: server.endpoint, logging: server.endpoint, now: clock.now, sleep };
    const job = { environment: "staging", id: "gate-1", project: "p", region: "r", job: "j", within: 600 };
    expect(await runPreflightJob(job, context, new AbortController().signal)).toEqual([]);
    const search = server.asked.find(({ url }) => url.pathname.endsWith("entries:list"));
    expect(search?.body).toContain('timestamp>=\\"2099-01-01T11:00:00.000Z\\"');
  } finally {
    await server.stop();
  }
});

test("a response that rejects says Google's time, too", async () => {
  const date = "Thu, 01 Jan 2099 12:00:00 GMT";
  const server = await startGoogleApis(() => ({ status: 403, headers: { date } }));
  try {
    const clock = new GoogleClock(() => 5);
    const api = googleApi({ get: async () => "token", remedy: "" }, async () => {}, undefined, clock.heard);
    const google = { api, now: clock.now, endpoints: endpoints(server.endpoint) };
    await hearTime(google, "acme", new AbortController().signal);
    expect(clock.now()).toBe(Date.parse(date));
  } finally {
    await server.stop();
  }
});

describe("Google's time", () => {
  const date = Date.UTC(2026, 10, 21, 12);

  test("is that of the last response and what has passed since, whatever this machine's clock says", () => {
    let local = 5;
    const clock = new GoogleClock(() => local);
    clock.heard(date);
    local += 1_500;
    expect(clock.now()).toBe(date + 1_500);
    // Dates are cut to the second: an older one than is known already says nothing.
    clock.heard(date + SECOND);
    expect(clock.now()).toBe(date + 1_500);
    clock.heard(date + 2 * SECOND);
    expect(clock.now()).toBe(date + 2 * SECOND);
  });

  test("is found again after the machine slept, and after a date that was wrong", () => {
    let local = 5;
    const clock = new GoogleClock(() => local);
    clock.heard(date);
    clock.heard(date + HOUR);
    expect(clock.now()).toBe(date + HOUR);
    clock.heard(date + MINUTE);
    local += SECOND;
    expect(clock.now()).toBe(date + MINUTE + SECOND);
  });

  test("is not lost with a response that has no date", () => {
    const clock = new GoogleClock(() => 5);
    clock.heard(date);
    clock.heard(Number.NaN);
    expect(clock.now()).toBe(date);
  });
});
