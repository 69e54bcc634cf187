import process from "node:process";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { abort } from "../../rollout/lifecycle.ts";
import { crowded, Happened, type History, lonely } from "../support/rollout-history.ts";
import { ORDER } from "../support/rollout-process.ts";
import { MINUTE } from "../support/rollout-world.ts";

const RUNS = { numRuns: Number(process.env.HISTORIES ?? 200) };
/** No rollout has as many looks: three services, four steps, ten looks each, and every rollback. */
const LOOKS = 600;
/** Beyond every lease: apply, and the lease itself. */
const LEASES = 30 * MINUTE;

async function happened(history: History): Promise<Happened> {
  const past = new Happened(history);
  await past.live(history);
  past.world.time += LEASES;
  return past;
}

/** Services whose traffic is not wholly on what the ledger calls stable. */
function unproven({ world }: Happened): string[] {
  return ORDER.flatMap((name) => {
    const stable = world.ledger?.services[name]?.stable ?? null;
    if (stable === null || world.services[name] === undefined) return [];
    const asked = world.asked(name);
    return asked[stable] === 100 ? [] : [`${name}: ${JSON.stringify(asked)}, stable is ${stable}`];
  });
}

test.each([
  ["alone", lonely],
  ["with others", crowded],
] as const)("no candidate ever has more traffic than its gates allowed, %s", async (_, histories) => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const past = await happened(history);
      await past.process(false, LOOKS);
      expect(past.wrong).toEqual([]);
    }),
    RUNS,
  );
});

test.each([
  ["alone", lonely],
  ["with others", crowded],
] as const)("every state is left: a resumed rollout ends, %s", async (_, histories) => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const past = await happened(history);
      const { ended } = await past.process(false, LOOKS);
      expect(ended).toMatchObject({
        outcome: expect.stringMatching(/^(completed|refused|rolled back|stopped|failed)$/),
      });
      expect(past.world.ledger?.rollout).toMatchObject({ lease: null });
      if (history.foreign.length === 0) expect(unproven(past)).toEqual([]);
    }),
    RUNS,
  );
});

test("stable is reachable from everywhere: an abort takes the whole rollout back", async () => {
  await fc.assert(
    fc.asyncProperty(lonely, async (history) => {
      const past = await happened(history);
      const { world } = past;
      const { ledger } = world;
      const already = ledger?.rollout?.outcome !== undefined || ledger?.rollout?.stop !== undefined;
      if (ledger !== null && !already) world.ledger = abort(ledger, "a person asked for it", world.time);
      await past.process(false, LOOKS);
      expect(unproven(past)).toEqual([]);
      expect(past.wrong).toEqual([]);
      if (already) return;
      for (const name of ORDER) {
        const progress = world.ledger?.rollout?.services[name];
        if (progress?.from !== null) expect(world.asked(name)).toEqual({ [`${name}-00001`]: 100 });
      }
    }),
    RUNS,
  );
});

test("without a resume, the watchdog leaves no unproven candidate under traffic", async () => {
  await fc.assert(
    fc.asyncProperty(lonely, async (history) => {
      const past = await happened(history);
      for (let minute = 0; minute < 10; minute += 1) {
        await past.process(true, LOOKS);
        past.world.time += MINUTE;
      }
      expect(past.wrong).toEqual([]);
      expect(unproven(past)).toEqual([]);
    }),
    RUNS,
  );
});
