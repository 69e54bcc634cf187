import { afterEach, describe, expect, test } from "@jest/globals";
import type { Asked, Trouble } from "../../support/cloud/cloud.ts";
import { type World, world } from "../../support/cloud/world.ts";

/** What is measured here is minutes long. */
const OFTEN = { interval: 60_000 };

let here: World | undefined;
afterEach(() => here?.stop());

const monitoring = ({ path }: Asked): boolean => path.endsWith("/timeSeries");
const starts = ({ path, body }: Asked): boolean =>
  path.endsWith(":run") && JSON.stringify(body).includes("PREFLIGHT_SAMPLES");
const logs = ({ path, body }: Asked): boolean =>
  path.endsWith("entries:list") && String(body.filter).includes('preflight.id=~"^soak');

describe("no rollout passes on silence", () => {
  const silences: [string, (at: World) => unknown][] = [
    ["Cloud Monitoring refuses", (at) => at.cloud.faults.push({ when: monitoring, trouble: 403 })],
    [
      "Cloud Monitoring has too many questions",
      (at) => at.cloud.faults.push({ when: monitoring, trouble: 429 }),
    ],
    ["Cloud Monitoring is down", (at) => at.cloud.faults.push({ when: monitoring, trouble: 503 })],
    ["Cloud Monitoring hangs up", (at) => at.cloud.faults.push({ when: monitoring, trouble: "dropped" })],
    ["metrics are an hour late", (at) => Object.assign(at.cloud.users, { lag: 3_600_000 })],
    ["own probes do not start", (at) => at.cloud.faults.push({ when: starts, trouble: 503 })],
    ["own probes are not heard", (at) => at.cloud.faults.push({ when: logs, trouble: 403 })],
  ];
  test.each(silences)("where %s: it holds, and goes back at the deadline", async (_, silence) => {
    here = await world({}, OFTEN);
    silence(here);
    const { outcome } = await here.roll(["auth"]);
    expect(outcome).toBe("rolled back");
    expect(here.rollout().stop?.reason).toBe("inconclusive");
    expect(here.moves("auth")).toEqual([5, 0]);
    expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
    const { soak } = here.environment.deadlines;
    const { metricLag, inconclusive } = here.environment.rollout;
    const [up, down] = here.cloud.asked.filter(({ query }) => query.has("updateMask"));
    expect((down?.at ?? 0) - (up?.at ?? 0)).toBeGreaterThanOrEqual((soak + metricLag + inconclusive) * 1000);
  });
});

test("without any user the own probes are enough, because Cloud Monitoring sees them too", async () => {
  here = await world();
  here.cloud.users.perSecond = 0;
  expect((await here.roll(["auth"])).outcome).toBe("completed");
});

test("metrics that are four minutes late are waited for", async () => {
  here = await world({}, OFTEN);
  here.cloud.users.lag = 240_000;
  expect((await here.roll(["auth"])).outcome).toBe("completed");
  const moves = here.cloud.asked.filter(({ query }) => query.has("updateMask"));
  for (const [index, { at }] of moves.slice(1, 4).entries())
    expect(at - (moves[index]?.at ?? 0)).toBeGreaterThanOrEqual(540_000);
});

test("the first minutes do not speak for the whole soak, however many users they had", async () => {
  here = await world({}, OFTEN);
  Object.assign(here.cloud.users, { perSecond: 2000, lag: 480_000 });
  expect((await here.roll(["auth"], { steps: [50, 100] })).outcome).toBe("completed");
  const [first, second] = here.cloud.asked.filter(({ query }) => query.has("updateMask"));
  const { soak } = here.environment.deadlines;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(soak * 1000 + 480_000);
});

test("a monitoring that fails for a while delays, and does not decide", async () => {
  const failing: { when: typeof monitoring; trouble: Trouble; times: number } = {
    when: monitoring,
    trouble: 503,
    times: 40,
  };
  here = await world();
  here.cloud.faults.push(failing);
  expect((await here.roll(["auth"])).outcome).toBe("completed");
  expect(failing.times).toBe(0);
});
