import { expect, test } from "@jest/globals";
import type { Asked } from "../support/cloud/cloud.ts";
import { killedRollout } from "../support/cloud/killed-process.ts";
import { world } from "../support/cloud/world.ts";

/** Everything that changes something: the ledger, the service, a started probe. */
const changes = ({ method, path: asked }: Asked): boolean =>
  method === "PATCH" || asked.startsWith("/upload/storage/") || asked.endsWith(":run");

/** A soak with a few looks: each makes the same changes. */
const SELDOM = { interval: 120_000, lease: 900_000 };

/** Processes at once: each waits for the other side most of the time. */
const TOGETHER = 3;

/** @returns whether there was an nth change to be killed at */
async function resumedToItsEnd(nth: number, fate: "dropped" | "lost"): Promise<boolean> {
  const here = await world();
  try {
    let seen = 0;
    const at = (asked: Asked): boolean => changes(asked) && ++seen === nth;
    const output = await killedRollout(here, { steps: [100], at, fate, settings: SELDOM });
    here.clock.now += 3_600_000;
    const { outcome } = await here.resume(SELDOM);
    const auth = here.ledger().services.auth?.stable ?? "";
    const soaks = here.rollout().services.auth?.verdicts.filter(({ what }) => what === "soak") ?? [];
    expect({ nth, outcome, auth, shares: here.shares("auth"), soaks: soaks.length }).toEqual({
      nth,
      outcome: "completed",
      auth: "staging-auth-00002-b",
      shares: { "staging-auth-00002-b": 100 },
      soaks: 1,
    });
    return output === undefined;
  } finally {
    await here.stop();
  }
}

test.each(["dropped", "lost"] as const)(
  "a real process that is killed at any change, %s, is resumed to the same end",
  async (then) => {
    for (let first = 1; ; first += TOGETHER) {
      const numbers = Array.from({ length: TOGETHER }, (_, index) => first + index);
      const died = await Promise.all(numbers.map((nth) => resumedToItsEnd(nth, then)));
      if (died.every(Boolean)) continue;
      expect(first + died.indexOf(false)).toBeGreaterThan(16);
      return;
    }
  },
  // Some forty processes.
  600_000,
);
