import { beforeEach, describe, expect, test } from "@jest/globals";

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
const kinds = (): string[] => world.calls.map(({ kind }) => kind);

describe("before any traffic", () => {
  test("a revision that never becomes ready stops at its apply, and at gate 0 when applied again", async () => {
    board(world);
    world.luck = (kind) => (kind === "apply" ? { verdict: "bad" } : {});
    expect((await process(world)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "failed", backend: "checked", frontend: "checked" });
    world.luck = () => ({});
    board(world, { id: "train-2", again: true });
    const { ended } = await process(world);
    expect(ended).toMatchObject({ outcome: "stopped", why: expect.stringContaining("did not become ready") });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    expect(kinds()).not.toContain("gate");
  });

  test("another image than planned stops at gate 0", async () => {
    board(world);
    const { ended } = await process(world, {}, 20_000, () => {
      const revision = world.service("auth").revisions["auth-00002"];
      if (revision !== undefined) revision.image = "registry/app@sha256:other";
    });
    expect(ended).toMatchObject({
      outcome: "stopped",
      why: expect.stringContaining("instead of the planned"),
    });
    expect(kinds()).not.toContain("shift");
  });

  test("a broken contract moves no traffic; what was promoted before stays", async () => {
    board(world);
    world.luck = (kind, service) => (kind === "gate" && service === "backend" ? { verdict: "bad" } : {});
    expect((await process(world)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "promoted", backend: "failed", frontend: "checked" });
    expect(world.asked("backend")).toEqual({ "backend-00001": 100 });
    expect(world.calls.filter(({ kind, service }) => kind === "shift" && service === "backend")).toEqual([]);
  });

  test("a gate that cannot be looked at is asked again, and does not pass", async () => {
    board(world, { order: ["auth"] });
    world.luck = (kind) => (kind === "gate" ? { fails: true } : {});
    const { ended } = await process(world);
    expect(ended).toMatchObject({ outcome: "stopped" });
    expect(world.calls.filter(({ kind }) => kind === "gate").length).toBeGreaterThan(3);
    expect(kinds()).not.toContain("shift");
    expect(world.ledger?.services.auth?.blocked).toEqual([]);
  });

  test("a check that cannot be made refuses", async () => {
    board(world);
    world.luck = (kind, service) => (kind === "check" && service === "frontend" ? { fails: true } : {});
    expect((await process(world)).ended).toMatchObject({
      outcome: "refused",
      why: expect.stringContaining("frontend could not be checked"),
    });
    expect(kinds()).not.toContain("apply");
  });

  test("another environment than when it started is not applied", async () => {
    board(world);
    expect((await process(world, { images: { auth: "other" } })).ended).toMatchObject({ outcome: "refused" });
    expect(kinds()).not.toContain("apply");
  });
});

describe("silence", () => {
  test.each([{ fails: true }, { verdict: "unclear" as const }])("never passes: %j", async (luck) => {
    board(world, { order: ["auth"] });
    world.luck = (kind) => (kind === "measure" ? luck : {});
    const started = world.time;
    expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
    expect(world.time - started).toBeGreaterThanOrEqual(19 * MINUTE);
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    expect(world.ledger?.rollout?.stop).toMatchObject({ reason: "inconclusive" });
  });

  test("until shortly before the deadline may still pass", async () => {
    board(world, { order: ["auth"] });
    world.luck = (kind) => {
      const since = world.ledger?.rollout?.services.auth?.confirmedAt ?? 0;
      return kind === "measure" && world.time - since < 18 * MINUTE ? { verdict: "unclear" } : {};
    };
    expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
  });

  test("a split that cannot be written goes back, and nothing has moved", async () => {
    board(world, { order: ["auth"] });
    world.luck = (kind) =>
      kind === "shift" && world.ledger?.rollout?.stop === undefined ? { fails: true } : {};
    expect((await process(world)).ended).toMatchObject({
      outcome: "rolled back",
      why: expect.stringContaining("could not be written within 120 s"),
    });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  });

  test("a split that does not take effect is rolled back", async () => {
    world.propagation = 10 * MINUTE;
    board(world, { order: ["auth"] });
    world.service("auth").effectiveAt = 0;
    expect((await process(world, { ready: 30 * MINUTE })).ended).toMatchObject({
      outcome: "rolled back",
      why: expect.stringContaining("did not take effect within 120 s"),
    });
  });
});
