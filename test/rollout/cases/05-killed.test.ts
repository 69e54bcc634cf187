import { afterEach, describe, expect, test } from "@jest/globals";
import type { Asked } from "../../support/cloud/cloud.ts";
import { killedRollout } from "../../support/cloud/killed-process.ts";
import { type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

const STEPS = [50, 100];

const isMove = ({ query }: Asked): boolean => query.get("updateMask") === "traffic";
const isLedger = ({ path: asked }: Asked): boolean => asked.startsWith("/upload/storage/");
const isWatch = ({ path: asked }: Asked): boolean => asked.endsWith("/timeSeries");

interface Boundary {
  readonly name: string;
  /** Requests of this kind are counted. */
  readonly kind: (asked: Asked) => boolean;
  readonly nth: number;
  /** "dropped": killed before it was done; "lost": done, and killed before it knew. */
  readonly fate: "dropped" | "lost";
  /** A candidate that is sick from this percent on. @default well */
  readonly sickFrom?: number;
}

/** Rolls auth out in a real process, and ends it by SIGKILL at the boundary. */
async function killedAt(world: World, { kind, nth, fate }: Boundary): Promise<void> {
  let seen = 0;
  const at = (asked: Asked): boolean => kind(asked) && ++seen === nth;
  const output = await killedRollout(world, { steps: STEPS, at, fate });
  if (output !== undefined) throw new Error(`it ended by itself: ${output}`);
  expect(world.rollout().outcome).toBeUndefined();
}

const boundaries: Boundary[] = [
  { name: "before the first PATCH", kind: isMove, nth: 1, fate: "dropped" },
  { name: "after the first PATCH, before the ledger knows", kind: isMove, nth: 1, fate: "lost" },
  { name: "before the ledger has the first step is in force", kind: isLedger, nth: 9, fate: "dropped" },
  { name: "in the first soak", kind: isWatch, nth: 6, fate: "lost" },
  { name: "before the PATCH to 100 %", kind: isMove, nth: 2, fate: "dropped" },
  { name: "after the PATCH to 100 %", kind: isMove, nth: 2, fate: "lost" },
  { name: "before the promotion", kind: isMove, nth: 3, fate: "dropped" },
  { name: "after the promotion", kind: isMove, nth: 3, fate: "lost" },
];

describe("the resumed process ends where the killed one would have", () => {
  test.each(boundaries)("killed $name", async (boundary) => {
    here = await world();
    await killedAt(here, boundary);
    const killed = here.rollout().services.auth;
    here.clock.now += 600_000;
    expect((await here.resume()).outcome).toBe("completed");
    const stable = here.ledger().services.auth?.stable ?? "";
    expect(stable).toBe("staging-auth-00002-b");
    expect(here.shares("auth")).toEqual({ [stable]: 100 });
    // No step is left out, none is taken back.
    const moves = here.moves("auth");
    expect([...new Set(moves)]).toEqual(STEPS);
    expect(moves).toEqual(moves.toSorted((a, b) => a - b));
    const soaks = here.rollout().services.auth?.verdicts.filter(({ what }) => what === "soak") ?? [];
    expect(soaks.map(({ percent }) => percent)).toEqual(STEPS);
    if (killed?.phase !== "soaking" || killed.confirmedAt === null) return;
    // The soak's clock is the ledger's: it neither starts again nor is it left out.
    const { soak } = here.environment.deadlines;
    const { metricLag } = here.environment.rollout;
    const watched = (soaks[0]?.at ?? 0) - killed.confirmedAt;
    expect(watched).toBeGreaterThanOrEqual((soak + metricLag) * 1000);
    expect(watched).toBeLessThan((soak + metricLag) * 1000 + 900_000);
  });
});

describe("without a resume, the watchdog restores stable after the lease has expired, and not before", () => {
  const underTraffic = boundaries.filter(({ name }) => /after the first|is in force|soak|to 100/.test(name));
  test.each(underTraffic)("killed $name", async (boundary) => {
    here = await world();
    await killedAt(here, boundary);
    const before = here.moves("auth").length;
    expect((await here.watchdog()).outcome).toBe("idle");
    expect(here.moves("auth")).toHaveLength(before);
    here.clock.now += 3_600_000;
    await here.watchdog();
    here.clock.now += 60_000;
    expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
    expect(here.rollout().outcome).toBe("rolled back");
    expect(here.ledger().services.auth?.stable).toBe(here.stable("auth"));
  });
});

describe("a way back that is cut off is finished", () => {
  const back: Boundary[] = [
    { name: "before the PATCH back", kind: isMove, nth: 2, fate: "dropped", sickFrom: 50 },
    { name: "after the PATCH back, before the ledger", kind: isMove, nth: 2, fate: "lost", sickFrom: 50 },
  ];
  for (const who of ["the watchdog", "the resumed process"])
    test.each(back)(`by ${who}, killed $name`, async (boundary) => {
      const sick = { errors: (percent: number) => (percent >= 50 ? 0.5 : 0) };
      here = await world({ auth: [sick] });
      await killedAt(here, boundary);
      here.clock.now += 3_600_000;
      const { outcome } = who === "the watchdog" ? await here.watchdog() : await here.resume();
      here.clock.now += 60_000;
      expect(outcome === "idle" ? here.rollout().outcome : outcome).toBe("rolled back");
      expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
      expect(Math.max(...here.moves("auth"))).toBe(50);
    });
});
