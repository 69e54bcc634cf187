import { afterEach, describe, expect, test } from "@jest/globals";
import { GoogleClock } from "../../google/clock.ts";
import type { RolloutClient } from "../../rollout/client.ts";
import { type World, world } from "../support/cloud/world.ts";

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
