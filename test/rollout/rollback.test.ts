import { beforeEach, describe, expect, test } from "@jest/globals";

import { board, change, declareNext, ORDER, process, STEPS } from "../support/rollout-process.ts";
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

describe("a breach", () => {
  test.each(STEPS)(
    "at %i percent goes back first, undoes in reverse, and nothing behind starts",
    async (percent) => {
      board(world);
      let measured = 0;
      world.luck = (kind, service) => {
        if (kind !== "measure" || service !== "backend") return {};
        const now = world.asked("backend")["backend-00002"];
        if (now === percent) measured += 1;
        return now === percent && measured > 3 ? { verdict: "bad" } : {};
      };
      const { ended } = await process(world);
      expect(ended).toMatchObject({ outcome: "rolled back" });
      expect(phases()).toEqual({ auth: "reverted", backend: "rolled back", frontend: "checked" });
      const breach = world.calls.findIndex(({ result }) => result === "breach");
      expect(world.calls.slice(breach + 1, breach + 4).map(({ kind }) => kind)).toEqual([
        "observe",
        "shift",
        "writeLedger",
      ]);
      for (const name of ORDER) expect(world.asked(name)).toEqual({ [`${name}-00001`]: 100 });
      expect(world.ledger?.services.auth).toMatchObject({ stable: "auth-00001", blocked: [] });
      expect(world.ledger?.services.backend).toMatchObject({
        stable: "backend-00001",
        blocked: [{ template: "2", revision: "backend-00002", why: "breach" }],
      });
    },
  );

  test("freezes the template: it is not rolled out again by itself, before anything is touched", async () => {
    board(world);
    world.luck = (kind, service) => (kind === "measure" && service === "backend" ? { verdict: "bad" } : {});
    await process(world);
    world.luck = () => ({});
    world.calls.length = 0;
    board(world, { id: "train-2" });
    const { ended } = await process(world, { holder: "second" });
    expect(ended).toMatchObject({ outcome: "held" });
    world.time += 10 * MINUTE;
    expect((await process(world, { holder: "second" })).ended).toMatchObject({
      outcome: "refused",
      why: expect.stringContaining("add --again"),
    });
    expect(kinds()).not.toContain("apply");
    board(world, { id: "train-3", again: true });
    expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
    expect(world.ledger?.services.backend).toMatchObject({ stable: "backend-00002", blocked: [] });
  });

  test("is still answered first where neither Cloud Run nor the ledger took the way back", async () => {
    board(world, { order: ["auth"] });
    let refused = 0;
    world.luck = (kind) => {
      if (kind === "measure") return { verdict: "bad" };
      const broken = world.calls.some(({ result }) => result === "breach");
      if (!broken || refused >= 2 || (kind !== "shift" && kind !== "writeLedger")) return {};
      refused += 1;
      return { fails: true };
    };
    expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
    expect(refused).toBe(2);
    expect(world.calls.filter(({ kind }) => kind === "measure")).toHaveLength(1);
  });

  test("is answered although neither ledger nor Cloud Run answer for a while", async () => {
    board(world, { order: ["auth"] });
    let bad = 0;
    world.luck = (kind) => {
      if (kind === "measure") return { verdict: "bad" };
      const broken = world.calls.some(({ result }) => result === "breach");
      if (!broken || bad > 12) return {};
      bad += 1;
      return { fails: true };
    };
    expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
    expect(world.calls.filter(({ kind }) => kind === "measure")).toHaveLength(1);
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  });

  test("goes to the one before where stable was deleted, and says when there is none", async () => {
    board(world, { order: ["auth"] });
    await process(world);
    change(world, "auth", "3");
    board(world, { order: ["auth"], id: "train-2" });
    world.luck = (kind) => {
      if (kind !== "measure") return {};
      delete world.service("auth").revisions["auth-00002"];
      return { verdict: "bad" };
    };
    expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    expect(world.ledger?.services.auth).toMatchObject({ stable: "auth-00001" });
    change(world, "auth", "4");
    board(world, { order: ["auth"], id: "train-3" });
    world.luck = (kind) => {
      if (kind !== "measure") return {};
      delete world.service("auth").revisions["auth-00001"];
      return { verdict: "bad" };
    };
    expect((await process(world)).ended).toMatchObject({ outcome: "failed" });
    expect(phases()).toEqual({ auth: "rollback failed" });
  });
});

test("a breach of the last service undoes the others, the last one first, and keeps what was blocked", async () => {
  const old = { template: "0", revision: "auth-00000", at: 0, rollout: "train-0", why: "breach" };
  const { ledger } = world;
  if (ledger !== null) {
    const auth = { stable: "auth-00001", image: imageOf("1"), blocked: [old] };
    world.ledger = { ...ledger, services: { ...ledger.services, auth } };
  }
  board(world);
  const back: string[] = [];
  world.wrote = ({ service, split }) => {
    if (split.stable === `${service}-00001` && split.candidate === null) back.push(service);
  };
  world.luck = (kind, service) => (kind === "measure" && service === "frontend" ? { verdict: "bad" } : {});
  expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
  expect(back).toEqual(["frontend", "backend", "auth"]);
  expect(world.ledger?.services.auth?.blocked).toEqual([old]);
});
