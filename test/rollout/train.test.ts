import { beforeEach, describe, expect, test } from "@jest/globals";
import { unknownTo } from "../../commands/rollout/adoption.ts";
import { emptyLedger } from "../../rollout/ledger.ts";
import { entries } from "../../rollout/traffic.ts";
import { abort, adopt, depart } from "../../rollout/train.ts";
import { board, change, declareNext, ORDER, process, STEPS, settingsOf } from "../support/rollout-process.ts";
import { imageOf, MINUTE, World } from "../support/rollout-world.ts";

let world: World;
beforeEach(() => {
  world = new World();
  declareNext(world);
});

const phases = (): Record<string, string> =>
  Object.fromEntries(Object.entries(world.ledger?.train?.cars ?? {}).map(([name, car]) => [name, car.phase]));
const kinds = (): string[] => world.calls.map(({ kind }) => kind);

describe("a whole train", () => {
  test("goes through every step of every service, in order, in under a second", async () => {
    board(world);
    const started = world.time;
    const told: string[] = [];
    world.wrote = ({ service, split }) =>
      told.push(`${service} ${split.candidate ?? "declared"} ${split.percent}`);
    const before = performance.now();
    const { ended } = await process(world);
    expect(performance.now() - before).toBeLessThan(1000);
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
        frozen: [],
      });
    }
    // Three services, four steps each of at least soak and lag.
    expect(world.time - started).toBeGreaterThanOrEqual(3 * 4 * 9 * MINUTE);
    expect(world.ledger?.train).toMatchObject({ outcome: "completed", lease: null });
  });

  test("tells one line per event", async () => {
    board(world, { order: ["auth"] });
    const { events } = await process(world);
    expect(events.map(({ service, text }) => `${service ?? "-"}: ${text}`)).toEqual([
      "auth: check passed: auth-00001 is there to go back to",
      "auth: applying; auth-00001 keeps the traffic",
      "auth: apply passed: applied",
      "auth: identity passed: auth-00002 is ready, under the tag, with the planned image",
      ...STEPS.flatMap((percent) => [
        percent === 5
          ? "auth: gate passed: passed"
          : `auth: soak at ${STEPS[STEPS.indexOf(percent) - 1]} % passed: pass`,
        `auth: ${percent} % to auth-00002`,
        `auth: auth-00002 has ${percent} %, watched from now on`,
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
    const { hands } = world.hands();
    const check: typeof hands.check = async ({ service }) => ({
      kind: "check",
      service,
      problems: [],
      changes: true,
    });
    world.hands = () => ({ hands: { ...hands, check }, died: new Promise<"died">(() => {}) });
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
    const departure = { id: "t", order: ["auth"], steps: STEPS, again: false, images, holder, lease };
    world.ledger = depart(emptyLedger("test"), departure, world.time);
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
      const departure = { id, order: ["auth"], steps: STEPS, again: false, images, holder, lease };
      world.ledger = depart(world.ledger ?? emptyLedger("test"), departure, world.time);
    };
    from("1", "train-1");
    world.luck = (kind) => (kind === "gate" ? { verdict: "bad" } : {});
    expect((await process(world, { images: { auth: imageOf("1") } })).ended).toMatchObject({
      outcome: "failed",
      why: expect.stringContaining("failed"),
    });
    expect(phases()).toEqual({ auth: "stranded" });
    expect(world.ledger?.services.auth).toMatchObject({ stable: null, frozen: [{ revision: "auth-00001" }] });
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
      expect(phases()).toEqual({ auth: "undone", backend: "rolled back", frontend: "checked" });
      const breach = world.calls.findIndex(({ result }) => result === "breach");
      expect(world.calls.slice(breach + 1, breach + 4).map(({ kind }) => kind)).toEqual([
        "observe",
        "shift",
        "writeLedger",
      ]);
      for (const name of ORDER) expect(world.asked(name)).toEqual({ [`${name}-00001`]: 100 });
      expect(world.ledger?.services.auth).toMatchObject({ stable: "auth-00001", frozen: [] });
      expect(world.ledger?.services.backend).toMatchObject({
        stable: "backend-00001",
        frozen: [{ template: "2", revision: "backend-00002", why: "breach" }],
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
    expect(world.ledger?.services.backend).toMatchObject({ stable: "backend-00002", frozen: [] });
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
    expect(phases()).toEqual({ auth: "stranded" });
  });
});

test("a breach of the last service undoes the others, the last one first", async () => {
  board(world);
  const back: string[] = [];
  world.wrote = ({ service, split }) => {
    if (split.stable === `${service}-00001` && split.candidate === null) back.push(service);
  };
  world.luck = (kind, service) => (kind === "measure" && service === "frontend" ? { verdict: "bad" } : {});
  expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
  expect(back).toEqual(["frontend", "backend", "auth"]);
});

describe("a process that dies", () => {
  /** The first write of traffic that is a way back. */
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
    expect(world.ledger?.train?.cars.backend?.phase).toBe("soaking");
    world.luck = () => ({});
    world.time += 30 * MINUTE;
    expect((await process(world, { holder: "second" })).ended).toMatchObject({ outcome: "rolled back" });
    expect(phases()).toEqual({ auth: "undone", backend: "rolled back", frontend: "checked" });
    expect(world.ledger?.services.backend?.frozen).toMatchObject([{ revision: "backend-00002" }]);
  });

  test("in a soak leaves its clock: it neither starts anew nor is skipped", async () => {
    board(world, { order: ["auth"] });
    await process(world, {}, 30);
    const car = world.ledger?.train?.cars.auth;
    expect(car?.phase).toBe("soaking");
    world.time += 4 * MINUTE;
    const { ended, events } = await process(world, { holder: "second" });
    expect(ended).toMatchObject({ outcome: "completed" });
    const passed = events.find(({ text }) => text.startsWith("soak at 5 % passed"));
    const waited = (passed?.at ?? 0) - (car?.confirmedAt ?? 0);
    expect(waited).toBeGreaterThanOrEqual(9 * MINUTE);
    expect(waited).toBeLessThan(10 * MINUTE);
  });

  test("is not followed while its lease lasts", async () => {
    board(world);
    await process(world, {}, 60);
    expect((await process(world, { holder: "second" })).ended).toMatchObject({ outcome: "held" });
  });
});

test("the guard takes back what stands under traffic when nobody ticks, and blames no template", async () => {
  board(world, { order: ["auth"] });
  await process(world, {}, 40);
  expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  const guard = { mode: "guard", holder: "guard" } as const;
  expect((await process(world, guard)).ended).toMatchObject({ outcome: "idle" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  world.time += 4 * MINUTE;
  expect((await process(world, guard)).ended).toMatchObject({ outcome: "rolled back" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  expect(world.ledger?.services.auth?.frozen).toEqual([]);
  board(world, { order: ["auth"], id: "train-2" });
  expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
});

test("the guard takes a breach back that it sees itself, beside a living holder, who goes on from there", async () => {
  board(world);
  await process(world, {}, 60);
  world.luck = (kind) => (kind === "measure" ? { verdict: "bad" } : {});
  const guard = { mode: "guard", holder: "guard" } as const;
  expect((await process(world, guard)).ended).toMatchObject({ outcome: "idle" });
  expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  expect(phases()).toMatchObject({ auth: "returning" });
  expect((await process(world)).ended).toMatchObject({ outcome: "rolled back" });
});

describe("before any traffic", () => {
  test("a revision that never gets ready stops at its apply, and at gate 0 when applied again", async () => {
    board(world);
    world.luck = (kind) => (kind === "apply" ? { verdict: "bad" } : {});
    expect((await process(world)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "failed", backend: "checked", frontend: "checked" });
    world.luck = () => ({});
    board(world, { id: "train-2", again: true });
    const { ended } = await process(world);
    expect(ended).toMatchObject({ outcome: "stopped", why: expect.stringContaining("did not get ready") });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    expect(kinds()).not.toContain("gate");
  });

  test("another image than planned stops at gate 0", async () => {
    board(world);
    const { ended } = await process(world, {}, 20_000, () => {
      const revision = world.service("auth").revisions["auth-00002"];
      if (revision !== undefined) revision.image = "registry/app@sha256:other";
    });
    expect(ended).toMatchObject({ outcome: "stopped", why: expect.stringContaining("planned was") });
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
    expect(world.ledger?.services.auth?.frozen).toEqual([]);
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
    expect(world.ledger?.train?.stop).toMatchObject({ reason: "inconclusive" });
  });

  test("until shortly before the deadline may still pass", async () => {
    board(world, { order: ["auth"] });
    world.luck = (kind) => {
      const since = world.ledger?.train?.cars.auth?.confirmedAt ?? 0;
      return kind === "measure" && world.time - since < 18 * MINUTE ? { verdict: "unclear" } : {};
    };
    expect((await process(world)).ended).toMatchObject({ outcome: "completed" });
  });

  test("a split that cannot be written goes back, and nothing has moved", async () => {
    board(world, { order: ["auth"] });
    world.luck = (kind) =>
      kind === "shift" && world.ledger?.train?.stop === undefined ? { fails: true } : {};
    expect((await process(world)).ended).toMatchObject({
      outcome: "rolled back",
      why: expect.stringContaining("could not be written within 120 s"),
    });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  });

  test("a split that does not get in force goes back", async () => {
    world.propagation = 10 * MINUTE;
    board(world, { order: ["auth"] });
    world.service("auth").effectiveAt = 0;
    expect((await process(world, { ready: 30 * MINUTE })).ended).toMatchObject({
      outcome: "rolled back",
      why: expect.stringContaining("not in force within 120 s"),
    });
  });
});

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
    world.ledger?.train?.cars.auth?.phase === "soaking" && world.asked("auth")["auth-00002"] === percent;

  test("who goes back to stable wins, now and later", async () => {
    board(world, { order: ["auth"] });
    const human = once(soakingAt(25), () => world.deploy("auth", "auth-00001"));
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "left" });
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
    expect(world.ledger?.train?.stop).toMatchObject({ reason: "foreign" });
  });

  test("who gives the candidate its traffic again on the way back is not undone", async () => {
    board(world, { order: ["auth"] });
    world.propagation = MINUTE;
    world.luck = (kind) => (kind === "measure" ? { verdict: "bad" } : {});
    let looks = 0;
    const human = (): void => {
      if (world.ledger?.train?.cars.auth?.phase === "returning") looks += 1;
      if (looks === 3)
        world.route("auth", entries({ stable: "auth-00001", candidate: "auth-00002", percent: 5 }, []));
    };
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(phases()).toEqual({ auth: "left" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 95, "auth-00002": 5 });
  });

  const inPhase =
    (phase: string, service = "auth") =>
    () =>
      world.ledger?.train?.cars[service]?.phase === phase;

  test("who goes back while it is being promoted is not overruled by the next apply", async () => {
    board(world, { order: ["auth"] });
    const human = once(inPhase("proving"), () =>
      world.route("auth", [{ revision: "auth-00001", percent: 100 }]),
    );
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "stopped" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
    expect(world.ledger?.services.auth).toMatchObject({
      stable: "auth-00001",
      frozen: [{ revision: "auth-00002" }],
    });
  });

  test("who took a promoted service back already has done what the undoing would do", async () => {
    board(world);
    world.luck = (kind, service) => (kind === "measure" && service === "backend" ? { verdict: "bad" } : {});
    const human = once(inPhase("soaking", "backend"), () =>
      world.route("auth", [{ revision: "auth-00001", percent: 100 }]),
    );
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "rolled back" });
    expect(phases()).toMatchObject({ auth: "undone", backend: "rolled back" });
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
      kind === "shift" && world.ledger?.train?.cars.auth?.step === 1 && world.ledger.train.stop === undefined
        ? { fails: true }
        : {};
    const atStep = (): boolean => inPhase("shifting")() && world.ledger?.train?.cars.auth?.step === 1;
    const human = once(atStep, () => world.foreignTemplate("auth"));
    expect((await process(world, {}, 20_000, human)).ended).toMatchObject({ outcome: "rolled back" });
    expect(world.ledger?.train?.stop).toMatchObject({ reason: "foreign" });
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
    expect(phases()).toEqual({ auth: "promoted", backend: "left", frontend: "checked" });
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
    expect(world.ledger?.train?.stop).toMatchObject({ reason: "breach" });
    expect(world.asked("auth")).toEqual({ "auth-00001": 100 });
  });

  test("a second rollout is refused while the first one lives", async () => {
    board(world);
    expect((await process(world, { holder: "second" })).ended).toMatchObject({ outcome: "held" });
    expect(() => board(world)).toThrow("is under way");
  });
});

describe("abort", () => {
  test.each([5, 100])("at %i percent is carried out by the holder at its next tick", async (percent) => {
    board(world);
    let aborted = false;
    const person = (): void => {
      if (aborted || world.asked("backend")["backend-00002"] !== percent || world.ledger === null) return;
      aborted = true;
      world.ledger = abort(world.ledger, "a person asked for it", world.time);
    };
    expect((await process(world, {}, 20_000, person)).ended).toMatchObject({ outcome: "rolled back" });
    expect(phases()).toEqual({ auth: "undone", backend: "rolled back", frontend: "checked" });
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
      frozen: [],
    });
  });

  test("is refused where the traffic is divided, not ready, or on a train", () => {
    expect(serving(50)).toThrow("auth-00001 50 %, auth-00009 50 %");
    expect(serving(100, false)).toThrow("one ready revision must have all the traffic");
    board(world);
    expect(serving(100)).toThrow("is under way");
  });
});

describe("the proof", () => {
  test("fails where the plan is not empty: the candidate keeps the traffic, the train stops", async () => {
    board(world);
    world.luck = (kind) => (kind === "prove" ? { verdict: "bad" } : {});
    expect((await process(world)).ended).toMatchObject({ outcome: "failed" });
    expect(phases()).toEqual({ auth: "promoted", backend: "checked", frontend: "checked" });
    expect(world.asked("auth")).toEqual({ "auth-00002": 100 });
  });
});
