import { beforeEach, describe, expect, test } from "@jest/globals";
import { rolloutSettings } from "../../commands/rollout/settings.ts";
import { platformPlan } from "../../platform/plan.ts";
import { environment } from "../support/environments.ts";
import { board, declareNext, process } from "../support/rollout-process.ts";
import { MINUTE, World } from "../support/rollout-world.ts";

let world: World;
beforeEach(() => {
  world = new World();
  declareNext(world);
});

const phases = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(world.ledger?.rollout?.services ?? {}).map(([name, progress]) => [name, progress.phase]),
  );

describe("a process that dies", () => {
  /** The first write of traffic that is a rollback. */
  const dieAfterTheWayBack = (): void => {
    world.luck = (kind, service) => {
      if (kind === "measure" && service === "backend") return { verdict: "bad" };
      const broken = world.calls.some(({ result }) => result === "breach");
      return kind === "shift" && broken ? { diesAfter: true } : {};
    };
  };

  test("between the way back and the ledger ends the same when it is resumed", async () => {
    board(world);
    dieAfterTheWayBack();
    expect((await process(world)).ended).toBe("died");
    expect(world.asked("backend")).toEqual({ "backend-00001": 100 });
    expect(world.ledger?.rollout?.services.backend?.phase).toBe("soaking");
    world.luck = () => ({});
    world.time += 30 * MINUTE;
    expect((await process(world, { holder: "second" })).ended).toMatchObject({ outcome: "rolled back" });
    expect(phases()).toEqual({ auth: "reverted", backend: "rolled back", frontend: "checked" });
    expect(world.ledger?.services.backend?.blocked).toMatchObject([{ revision: "backend-00002" }]);
  });

  test("in a soak leaves its clock: it neither starts anew nor is skipped", async () => {
    board(world, { order: ["auth"] });
    await process(world, {}, 30);
    const progress = world.ledger?.rollout?.services.auth;
    expect(progress?.phase).toBe("soaking");
    world.time += 4 * MINUTE;
    const { ended, events } = await process(world, { holder: "second" });
    expect(ended).toMatchObject({ outcome: "completed" });
    const passed = events.find(({ text }) => text.startsWith("soak at 5 % passed"));
    const waited = (passed?.at ?? 0) - (progress?.confirmedAt ?? 0);
    expect(waited).toBeGreaterThanOrEqual(9 * MINUTE);
    expect(waited).toBeLessThan(10 * MINUTE);
  });

  test("is not followed while its lease lasts", async () => {
    board(world);
    await process(world, {}, 60);
    expect((await process(world, { holder: "second" })).ended).toMatchObject({ outcome: "held" });
  });
});

test("the watchdog rolls back a candidate under traffic when the lease has expired, and blocklists no template", async () => {
  board(world, { order: ["auth"] });
  await process(world, {}, 40);
  expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  const watchdog = { mode: "watchdog", holder: "watchdog" } as const;
  expect((await process(world, watchdog)).ended).toMatchObject({ outcome: "idle" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  world.time += 4 * MINUTE;
  expect((await process(world, watchdog)).ended).toMatchObject({ outcome: "rolled back" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  expect(world.ledger?.services.auth?.blocked).toEqual([]);
  board(world, { order: ["auth"], id: "train-2" });
  expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
});

test("the watchdog rolls back a breach that it measures itself, while the lease is valid, and the holder continues from there", async () => {
  board(world);
  await process(world, {}, 60);
  world.luck = (kind) => (kind === "measure" ? { verdict: "bad" } : {});
  const watchdog = { mode: "watchdog", holder: "watchdog" } as const;
  expect((await process(world, watchdog)).ended).toMatchObject({ outcome: "idle" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  expect(phases()).toMatchObject({ auth: "rolling back" });
  expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
});

test("a run of the watchdog that ends while rolling back does not delay the next run", async () => {
  const { lease, interval } = rolloutSettings(platformPlan(environment()), "watchdog");
  board(world, { order: ["auth"] });
  await process(world, {}, 40);
  expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  world.time += 4 * MINUTE;
  world.luck = (kind) => (kind === "shift" ? { fails: true } : {});
  await process(world, { mode: "watchdog", holder: "first look", lease, interval }, 6);
  expect(phases()).toEqual({ auth: "rolling back" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  world.luck = () => ({});
  world.time += MINUTE / 3;
  const second = { mode: "watchdog", holder: "second look", lease, interval } as const;
  expect((await process(world, second)).ended).toMatchObject({ outcome: "rolled back" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
});
