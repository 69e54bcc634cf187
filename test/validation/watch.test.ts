import { expect, test } from "@jest/globals";
import { UserError } from "../../platform/user-error.ts";
import { failed, passed, type Result } from "../../validation/check.ts";
import { watchSentence } from "../../validation/report/markdown.ts";
import { type WatchEvent, watch } from "../../validation/watch.ts";
import { clock } from "./clock.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");
const about = { category: "endpoints", subject: "https://x/health", seconds: 0.1 } as const;
const up: Result[] = [passed(about, "200")];
const down: Result[] = [failed(about, "HTTP 503", "infrastructure", "503-with-healthy-containers")];

async function watched(
  look: (round: number) => Promise<readonly Result[]>,
  before = up,
  stop = new AbortController(),
) {
  const time = clock(NOON);
  const events: WatchEvent[] = [];
  let round = 0;
  const summary = await watch({
    duration: 1800,
    period: 60,
    required: 0.8,
    clock: time,
    signal: stop.signal,
    look: () => look(++round),
    emit: (event) => events.push(event),
    before,
  });
  const changes = events.filter(({ kind }) => kind !== "round");
  return { summary, changes, slept: time.slept };
}

test("30 minutes without trouble are 30 rounds", async () => {
  const { summary, changes, slept } = await watched(async () => up);
  expect(summary).toEqual({
    passed: true,
    rounds: 30,
    roundsPassed: 30,
    roundsNotSeen: 0,
    troubles: [],
    interrupted: false,
  });
  expect(changes).toEqual([]);
  expect(slept.reduce((sum, pause) => sum + pause, 0)).toBe(1800 * 1000);
});

test("degradation is told when it happens, once, and so is the recovery", async () => {
  const { summary, changes } = await watched(async (round) => (round >= 10 && round < 13 ? down : up));
  expect(changes).toEqual([
    { kind: "degraded", at: NOON + 600_000, result: down[0] },
    { kind: "recovered", at: NOON + 780_000, result: up[0], after: 180 },
  ]);
  expect(summary).toMatchObject({ passed: false, rounds: 30, roundsPassed: 27 });
  expect(summary.troubles).toEqual([
    {
      category: "endpoints",
      subject: "https://x/health",
      why: "HTTP 503",
      from: NOON + 600_000,
      to: NOON + 780_000,
    },
  ]);
  expect(watchSentence(summary)).toBe("27 of 30 rounds passed; 1 checks degraded, 0 of them to the end.");
});

test("what failed before is not told as new, but its recovery is", async () => {
  const { changes } = await watched(async (round) => (round < 2 ? down : up), down);
  expect(changes.map(({ kind }) => kind)).toEqual(["recovered"]);
});

test("a round that could not be looked at does not pass, and does not end the watch", async () => {
  const { summary, changes } = await watched(async (round) => {
    if (round === 5) throw new UserError("Cloud Monitoring does not answer.");
    return up;
  });
  expect(changes).toEqual([
    { kind: "could-not-look", at: NOON + 300_000, why: "Cloud Monitoring does not answer." },
  ]);
  expect(summary).toMatchObject({ passed: false, rounds: 30, roundsPassed: 29, roundsNotSeen: 1 });
});

test("a fault of the program is not taken for one of the platform", async () => {
  await expect(
    watched(async () => {
      throw new TypeError("bug");
    }),
  ).rejects.toThrow("bug");
});

test("a watch that is interrupted has not passed", async () => {
  const stop = new AbortController();
  const { summary } = await watched(
    async (round) => {
      if (round === 3) stop.abort();
      return up;
    },
    up,
    stop,
  );
  expect(summary).toMatchObject({ passed: false, interrupted: true });
});
