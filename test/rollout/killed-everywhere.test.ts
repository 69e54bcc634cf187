import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { startRollout } from "../../rollout/lifecycle.ts";
import type { Asked } from "../support/cloud/cloud.ts";
import { settingsOf, type World, world } from "../support/cloud/world.ts";
import { ROOT } from "../support/project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");
const CHILD = path.join(ROOT, "test/support/cloud/rollout-child.ts");

/** Everything that changes something: the ledger, the service, a started probe. */
const changes = ({ method, path: asked }: Asked): boolean =>
  method === "PATCH" || asked.startsWith("/upload/storage/") || asked.endsWith(":run");

/** A rollout of auth in one step, whose process is killed at its nth change; "lost": after it was done. */
async function killed(at: World, nth: number, then: "dropped" | "lost"): Promise<boolean> {
  const { environment, cloud, clock } = at;
  const { images, lease } = settingsOf(environment);
  const options = {
    id: "killed",
    order: ["auth"],
    steps: [100],
    again: false,
    images,
    holder: "killed",
    lease,
  };
  const query = new URLSearchParams({ name: `rollout/${environment.name}.json` });
  cloud.storage.put(query, JSON.stringify(startRollout(at.ledger(), options, clock.now)));
  const child = spawn(NODE, [CHILD, cloud.endpoint, environment.state?.bucket ?? ""], { stdio: "ignore" });
  let seen = 0;
  cloud.faults.push({
    when: (asked) => changes(asked) && ++seen === nth,
    trouble: () => {
      child.kill("SIGKILL");
      return then;
    },
    times: 1,
  });
  return (await new Promise((resolve) => child.once("close", (_, by) => resolve(by)))) === "SIGKILL";
}

/** Processes wait for each other's answers most of the time. */
const TOGETHER = 6;

/** @returns whether there was an nth change to be killed at */
async function resumedToItsEnd(nth: number, then: "dropped" | "lost"): Promise<boolean> {
  const here = await world();
  try {
    const died = await killed(here, nth, then);
    here.clock.now += 3_600_000;
    const { outcome } = await here.resume();
    const auth = here.ledger().services.auth?.stable ?? "";
    const soaks = here.rollout().services.auth?.verdicts.filter(({ what }) => what === "soak") ?? [];
    expect({ nth, outcome, auth, shares: here.shares("auth"), soaks: soaks.length }).toEqual({
      nth,
      outcome: "completed",
      auth: "staging-auth-00002-b",
      shares: { "staging-auth-00002-b": 100 },
      soaks: 1,
    });
    return died;
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
      expect(first + died.indexOf(false)).toBeGreaterThan(12);
      return;
    }
  },
  // Some forty processes.
  600_000,
);
