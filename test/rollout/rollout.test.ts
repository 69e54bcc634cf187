import { beforeEach, describe, expect, test } from "@jest/globals";
import { adopted, adoptionLines, unknownTo } from "../../rollout/adoption.ts";
import { emptyLedger } from "../../rollout/ledger.ts";
import { abort, adopt, startRollout } from "../../rollout/lifecycle.ts";
import { entries } from "../../rollout/traffic.ts";
import { board, change, declareNext, ORDER, process, STEPS, settingsOf } from "../support/rollout-process.ts";
import { imageOf, MINUTE, World } from "../support/rollout-world.ts";

let world: World;
beforeEach(() => {
  world = new World();
  declareNext(world);
});

const phases = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(world.ledger?.rollout?.services ?? {}).map(([name, progress]) => [name, progress.phase]),
  );
const kinds = (): string[] => world.calls.map(({ kind }) => kind);

describe("a whole rollout", () => {
  test("goes through every step of every service, in order", async () => {
    board(world);
    const started = world.time;
    const told: string[] = [];
    world.wrote = ({ service, split }) =>
      told.push(`${service} ${split.candidate ?? "declared"} ${split.percent}`);
    const { ended } = await process(world);
    expect(ended).toMatchObject({ outcome: "completed" });
    expect(told).toEqual(
      ORDER.flatMap((name) => [
        ...STEPS.map((percent) => `${name} ${name}-00002 ${percent}`),
        `${name} declared 0`,
      ]),
    );
    for (const name of ORDER) {
      expect(world.asked(name)).toEqual({ [`${name}-00002`]: 100 });
      expect(world.ledger?.services[name]).toMatchObject({
        stable: `${name}-00002`,
        image: "registry/app@sha256:2",
        previous: { revision: `${name}-00001` },
        blocked: [],
      });
    }
    // Three services, four steps each of at least soak and lag.
    expect(world.time - started).toBeGreaterThanOrEqual(3 * 4 * 9 * MINUTE);
    expect(world.ledger?.rollout).toMatchObject({ outcome: "completed", lease: null });
  });

  test("tells one line per event", async () => {
    board(world, { order: ["auth"] });
    const { events } = await process(world);
    expect(events.map(({ service, text }) => `${service ?? "-"}: ${text}`)).toEqual([
      "auth: check passed: a rollback to auth-00001 is possible",
      "auth: applying; auth-00001 keeps the traffic",
      "auth: apply passed: applied",
      "auth: identity passed: auth-00002 is ready and tagged, with the planned image",
      ...STEPS.flatMap((percent) => [
        percent === 5
          ? "auth: gate passed: passed"
          : `auth: soak at ${STEPS[STEPS.indexOf(percent) - 1]} % passed: pass`,
        `auth: ${percent} % to auth-00002`,
        `auth: auth-00002 has ${percent} %, soak started`,
      ]),
      "auth: soak at 100 % passed: pass",
      "auth: auth-00002 is stable",
      "auth: proof passed: empty",
      "auth: promoted",
      "-: rollout train-1: completed",
    ]);
  });

  test("says so where nothing is to be rolled out", async () => {
    for (const name of ORDER) change(world, name, "1");
    board(world);
    expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
    expect(phases()).toEqual({ auth: "unchanged", backend: "unchanged", frontend: "unchanged" });
    expect(kinds()).not.toContain("apply");
  });

  test("a plan that changes no template makes no revision, and nothing is rolled out", async () => {
    change(world, "auth", "1");
    board(world, { order: ["auth"] });
    const { client } = world.client();
    const check: typeof client.check = async ({ service }) => ({
      kind: "check",
      service,
      problems: [],
      changes: true,
    });
    world.client = () => ({ client: { ...client, check }, died: new Promise<"died">(() => {}) });
    expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
    expect(kinds()).toContain("apply");
    expect(phases()).toEqual({ auth: "unchanged" });
    expect(kinds()).not.toContain("shift");
  });
});

describe("a first creation", () => {
  test("has no stable, is watched at 100 % and becomes stable by name", async () => {
    world = new World();
    world.absent("auth", "1");
    const images = { auth: imageOf("1") };
    const { holder, lease } = settingsOf(world);
    const options = { id: "t", order: ["auth"], steps: STEPS, again: false, images, holder, lease };
    world.ledger = startRollout(emptyLedger("test"), options, world.time);
    const { ended } = await process(world, { images });
    expect(world.calls.filter(({ kind }) => kind === "shift")).toHaveLength(1);
    expect(ended).toMatchObject({ outcome: "completed" });
    expect(world.ledger?.services.auth).toMatchObject({ stable: "auth-00001" });
    expect(world.service("auth").asked).toEqual(
      entries({ stable: "auth-00001", candidate: null, percent: 0 }, []),
    );
  });

  test("that fails has nothing to go back to, is not taken for good, and is created anew by the next rollout", async () => {
    world = new World();
    world.absent("auth", "1");
    const { holder, lease } = settingsOf(world);
    const from = (template: string, id: string): void => {
      const images = { auth: imageOf(template) };
      const options = { id, order: ["auth"], steps: STEPS, again: false, images, holder, lease };
      world.ledger = startRollout(world.ledger ?? emptyLedger("test"), options, world.time);
    };
    from("1", "train-1");
    world.luck = (kind) => (kind === "gate" ? { verdict: "bad" } : {});
    expect((await process(world, { images: { auth: imageOf("1") } })).ended).toMatchObject({
      outcome: "failed",
      why: expect.stringContaining("failed"),
    });
    expect(phases()).toEqual({ auth: "rollback failed" });
    expect(world.ledger?.services.auth).toMatchObject({
      stable: null,
      blocked: [{ revision: "auth-00001" }],
    });
    if (world.ledger !== null) expect(unknownTo(world.ledger, ["auth"])).toEqual([]);
    world.luck = () => ({});
    change(world, "auth", "2");
    from("2", "train-2");
    expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
    expect(world.ledger?.services.auth).toMatchObject({ stable: "auth-00002" });
  });

  test("is refused for a service that serves and that the ledger does not know", async () => {
    world.ledger = null;
    board(world);
    const { ended } = await process(world);
    expect(ended).toMatchObject({ outcome: "refused" });
    expect(ended).toMatchObject({ why: expect.stringContaining("npm run rollout -- adopt test backend") });
    expect(kinds()).not.toContain("apply");
    for (const name of ORDER) {
      const observed = world.observe(name);
      if (observed !== null) world.ledger = adopt(world.ledger ?? emptyLedger("test"), observed);
    }
    board(world);
    expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
  });
});

describe("abort", () => {
  test.each([5, 100])("at %i percent is carried out by the holder at its next context", async (percent) => {
    board(world);
    let aborted = false;
    const person = (): void => {
      if (aborted || world.asked("backend")["backend-00002"] !== percent || world.ledger === null) return;
      aborted = true;
      world.ledger = abort(world.ledger, "a person asked for it", world.time);
    };
    expect((await process(world, {}, 20_000, person)).ended).toMatchObject({ outcome: "rolled back" });
    expect(phases()).toEqual({ auth: "reverted", backend: "rolled back", frontend: "checked" });
    for (const name of ORDER) expect(world.asked(name)).toEqual({ [`${name}-00001`]: 100 });
  });
});

describe("adoption", () => {
  const serving = (percent: number, ready = true): (() => void) => {
    const service = world.service("auth");
    service.revisions["auth-00009"] = { ready, image: imageOf("9"), template: "9" };
    world.route("auth", entries({ stable: "auth-00001", candidate: "auth-00009", percent }, []));
    world.time += MINUTE;
    return () => {
      const observed = world.observe("auth");
      if (observed !== null && world.ledger !== null) world.ledger = adopt(world.ledger, observed);
    };
  };

  test("takes what has all the traffic, and thaws its template", () => {
    serving(100)();
    expect(world.ledger?.services.auth).toEqual({
      stable: "auth-00009",
      image: imageOf("9"),
      blocked: [],
    });
  });

  test("forgets a service that was deleted, so that it can be created again; not in the middle of a rollout", async () => {
    const before = world.ledger ?? emptyLedger("test");
    const gone = { observe: async () => null };
    const after = await adopted(before, ["auth"], gone);
    expect(after.services).toEqual({
      backend: before.services.backend,
      frontend: before.services.frontend,
    });
    expect(adoptionLines(before, after)).toEqual([
      "auth: the service does not exist and is removed from the ledger.",
    ]);
    expect(await adopted(after, ["auth"], gone)).toBe(after);
    board(world);
    await expect(adopted(world.ledger ?? before, ["auth"], gone)).rejects.toThrow("is under way");
  });

  test("is refused where the traffic is divided, not ready, or on a rollout", () => {
    expect(serving(50)).toThrow("auth-00001 50 %, auth-00009 50 %");
    expect(serving(100, false)).toThrow("one ready revision must have all the traffic");
    board(world);
    expect(serving(100)).toThrow("is under way");
  });
});

describe("the proof", () => {
  test("fails where the plan is not empty: the candidate keeps the traffic, the rollout stops", async () => {
    board(world);
    world.luck = (kind) => (kind === "prove" ? { verdict: "bad" } : {});
    expect((await process(world)).ended).toMatchObject({ outcome: "failed" });
    expect(phases()).toEqual({ auth: "promoted", backend: "checked", frontend: "checked" });
    expect(world.asked("auth")).toEqual({ "auth-00002": 100 });
  });
});
