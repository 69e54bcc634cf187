import { beforeEach, describe, expect, test } from "@jest/globals";

import { entries } from "../../rollout/traffic.ts";

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

describe("a second actor", () => {
  const once = (when: () => boolean, what: () => void): (() => void) => {
    let done = false;
    return () => {
      if (done || !when()) return;
      done = true;
      what();
    };
  };
  const soakingAt = (percent: number) => () =>
    world.ledger?.rollout?.services.auth?.phase === "soaking" &&
    world.asked("auth")["auth-00002"] === percent;

  test("who goes back to stable wins, now and later", async () => {
    board(world, { order: ["auth"] });
    const human = once(soakingAt(25), () => world.deploy("auth", "auth-00001"));
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "externally modified" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    board(world, { order: ["auth"], id: "train-2" });
    expect((await process(world)).ended).toMatchObject({ outcome: "refused" });
  });

  test("who moves the traffic elsewhere is not undone", async () => {
    board(world, { order: ["auth"] });
    const human = once(soakingAt(5), () =>
      world.route("auth", entries({ stable: "auth-00001", candidate: "auth-00002", percent: 70 }, [])),
    );
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 30, "auth-00002": 70 });
  });

  test("who deploys another template gets no traffic, and the split that nobody watches goes back", async () => {
    board(world, { order: ["auth"] });
    const human = once(soakingAt(50), () => world.foreignTemplate("auth"));
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "rolled back" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    expect(world.ledger?.rollout?.stop).toMatchObject({ reason: "external change" });
  });

  test("who gives the candidate its traffic again rolling back is not undone", async () => {
    board(world, { order: ["auth"] });
    world.propagation = MINUTE;
    world.luck = (kind) => (kind === "measure" ? { verdict: "bad" } : {});
    let looks = 0;
    const human = (): void => {
      if (world.ledger?.rollout?.services.auth?.phase === "rolling back") looks += 1;
      if (looks === 3)
        world.route("auth", entries({ stable: "auth-00001", candidate: "auth-00002", percent: 5 }, []));
    };
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "externally modified" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  });

  const inPhase =
    (phase: string, service = "auth") =>
    () =>
      world.ledger?.rollout?.services[service]?.phase === phase;

  test("who goes back while it is being promoted is not overruled by the next apply", async () => {
    board(world, { order: ["auth"] });
    const human = once(inPhase("proving"), () =>
      world.route("auth", [{ revision: "auth-00001", percent: 100 }]),
    );
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    expect(world.ledger?.services.auth).toMatchObject({
      stable: "auth-00001",
      blocked: [{ revision: "auth-00002" }],
    });
  });

  test("who took a promoted service back already has done what the undoing would do", async () => {
    board(world);
    world.luck = (kind, service) => (kind === "measure" && service === "backend" ? { verdict: "bad" } : {});
    const human = once(inPhase("soaking", "backend"), () =>
      world.route("auth", [{ revision: "auth-00001", percent: 100 }]),
    );
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "rolled back" });
    expect(phases()).toMatchObject({ auth: "reverted", backend: "rolled back" });
    expect(world.ledger?.services.auth).toMatchObject({ stable: "auth-00001" });
  });

  test("who deploys at the gate stops the rollout before any traffic", async () => {
    board(world, { order: ["auth"] });
    const human = once(inPhase("gate"), () => world.foreignTemplate("auth"));
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({
      outcome: "stopped",
      why: expect.stringContaining("somebody else deployed auth"),
    });
    expect(kinds()).not.toContain("shift");
  });

  test("who deploys while a step is being written makes it go back", async () => {
    board(world, { order: ["auth"] });
    world.luck = (kind) =>
      kind === "shift" &&
      world.ledger?.rollout?.services.auth?.step === 1 &&
      world.ledger.rollout.stop === undefined
        ? { fails: true }
        : {};
    const atStep = (): boolean => inPhase("shifting")() && world.ledger?.rollout?.services.auth?.step === 1;
    const human = once(atStep, () => world.foreignTemplate("auth"));
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "rolled back" });
    expect(world.ledger?.rollout?.stop).toMatchObject({ reason: "external change" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  });

  test("who moves a service while the one before it is rolled out is seen before its apply", async () => {
    board(world);
    const human = once(soakingAt(100), () =>
      world.route("backend", [
        { revision: "backend-00001", percent: 90 },
        { revision: "LATEST", percent: 10 },
      ]),
    );
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "promoted", backend: "externally modified", frontend: "checked" });
    expect(world.calls.filter(({ kind }) => kind === "apply")).toHaveLength(1);
  });

  test.each(["is deleted", "gets unready"])("a candidate that %s under traffic is a breach", async (how) => {
    board(world, { order: ["auth"] });
    const human = once(soakingAt(25), () => {
      const { revisions } = world.service("auth");
      const candidate = revisions["auth-00002"];
      if (how === "is deleted") delete revisions["auth-00002"];
      else if (candidate !== undefined) candidate.ready = false;
    });
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "rolled back" });
    expect(world.ledger?.rollout?.stop).toMatchObject({ reason: "breach" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  });

  test("a second rollout is refused while the first one lives", async () => {
    board(world);
    expect((await process(world, { holder: "second" })).ended).toMatchObject({ outcome: "held" });
    expect(() => board(world)).toThrow("is under way");
  });
});
