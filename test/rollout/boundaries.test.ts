import { describe, expect, test } from "@jest/globals";
import { abort } from "../../rollout/lifecycle.ts";
import { BRISK } from "../support/rollout-history.ts";
import { board, declareNext, ORDER, process } from "../support/rollout-process.ts";
import { type Luck, MINUTE, World } from "../support/rollout-world.ts";

const STEPS = [50, 100];

/** A world with a rollout of auth and backend; `sick`: backend breaks at this percent. */
function departed(sick: number | null): World {
  const world = new World();
  declareNext(world);
  board(world, { order: ["auth", "backend"], steps: STEPS });
  world.luck = misfortune(world, sick);
  return world;
}

function misfortune(world: World, sick: number | null): World["luck"] {
  return (kind, service) => {
    if (kind !== "measure" || service !== "backend" || sick === null) return {};
    return (world.asked("backend")["backend-00002"] ?? 0) >= sick ? { verdict: "bad" } : {};
  };
}

/** The process dies at its nth call. */
function deadly(world: World, nth: number, how: Luck): void {
  const { luck } = world;
  let calls = 0;
  world.luck = (kind, service) => {
    calls += 1;
    return calls === nth ? { ...luck(kind, service), ...how } : luck(kind, service);
  };
}

/** What must be the same in the end, however often somebody died. */
function end(world: World): object {
  const { rollout, services = {} } = world.ledger ?? {};
  return {
    outcome: rollout?.outcome,
    phases: Object.entries(rollout?.services ?? {}).map(([name, { phase }]) => `${name} ${phase}`),
    traffic: ORDER.map((name) => world.asked(name)),
    records: ORDER.map((name) => ({
      stable: services[name]?.stable,
      blocked: services[name]?.blocked.map(({ revision }) => revision),
    })),
    soaks: Object.values(rollout?.services ?? {}).map(({ verdicts }) =>
      verdicts.flatMap(({ what, percent, verdict }) => (what === "soak" ? [`${percent} ${verdict}`] : [])),
    ),
  };
}

describe.each([
  ["that goes through", null, "completed"],
  ["whose second service breaks at 50 %", 50, "rolled back"],
  ["whose second service breaks at 100 %", 100, "rolled back"],
] as const)("a rollout %s", (_, sick, outcome) => {
  const whole = async (): Promise<World> => {
    const world = departed(sick);
    await process(world, BRISK);
    return world;
  };

  test.each([["before"], ["after"]] as const)(
    "ends the same wherever its process died %s a call and another one resumed",
    async (moment) => {
      const expected = await whole();
      expect(end(expected)).toMatchObject({ outcome });
      const how: Luck = moment === "before" ? { diesBefore: true } : { diesAfter: true };
      for (let nth = 1; nth <= expected.calls.length; nth += 1) {
        const world = departed(sick);
        deadly(world, nth, how);
        const { ended } = await process(world, BRISK);
        const last = world.calls.at(-1);
        if (ended !== "died") throw new Error(`call ${nth} was not reached`);
        world.luck = misfortune(world, sick);
        world.time += 30 * MINUTE;
        await process(world, { ...BRISK, holder: "second" });
        // A breach of which nobody could write down the words is still a breach; only its verdict is lost.
        const { soaks, ...rest } = end(world) as { soaks: unknown };
        const { soaks: told, ...same } = end(expected) as { soaks: unknown };
        expect({ nth, last: last?.kind, ...rest }).toEqual({ nth, last: last?.kind, ...same });
        if (outcome === "completed") expect({ nth, soaks }).toEqual({ nth, soaks: told });
      }
    },
  );

  test("leaves no unproven candidate under traffic wherever its process died, with the watchdog only", async () => {
    const expected = await whole();
    for (let nth = 1; nth <= expected.calls.length; nth += 1)
      for (const how of [{ diesBefore: true }, { diesAfter: true }]) {
        const world = departed(sick);
        deadly(world, nth, how);
        await process(world, BRISK);
        world.luck = misfortune(world, sick);
        // Until it has written nothing for five minutes after the end.
        for (let minute = 0, idle = 0; minute < 35 && idle < 5; minute += 1) {
          const { ledger } = world;
          world.time += MINUTE;
          await process(world, { ...BRISK, mode: "watchdog", holder: "watchdog" });
          idle = ledger === world.ledger && ledger?.rollout?.outcome !== undefined ? idle + 1 : 0;
        }
        for (const name of ORDER) {
          const stable = world.ledger?.services[name]?.stable ?? "";
          expect({ nth, name, asked: world.asked(name) }).toEqual({ nth, name, asked: { [stable]: 100 } });
        }
      }
  });

  test("can be aborted after the death of its process, wherever that was", async () => {
    const expected = await whole();
    for (let nth = 1; nth <= expected.calls.length; nth += 1) {
      const world = departed(sick);
      deadly(world, nth, { diesAfter: true });
      await process(world, BRISK);
      world.luck = misfortune(world, sick);
      const { ledger } = world;
      if (ledger?.rollout?.outcome !== undefined || ledger === null) continue;
      world.ledger = abort(ledger, "a person asked for it", world.time);
      world.time += 30 * MINUTE;
      await process(world, { ...BRISK, holder: "second" });
      for (const name of ORDER)
        expect({ nth, asked: world.asked(name) }).toEqual({ nth, asked: { [`${name}-00001`]: 100 } });
    }
  });
});
