import { afterEach, expect, test } from "@jest/globals";
import type { RolloutClient } from "../../../rollout/client.ts";
import { type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

const REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
const CANDIDATE = "staging-auth-00002-b";

/** Does something before the first write of a share. */
function beforeShift(percent: number, work: () => unknown): (client: RolloutClient) => RolloutClient {
  let done = false;
  return (client) => ({
    ...client,
    shift: async (write) => {
      if (write.split.percent === percent && !done) {
        done = true;
        await work();
      }
      return client.shift(write);
    },
  });
}

function inSoak(percent: number, work: () => unknown): (client: RolloutClient) => RolloutClient {
  let done = false;
  return (client) => ({
    ...client,
    measure: async (action) => {
      if (action.percent === percent && !done) {
        done = true;
        await work();
      }
      return client.measure(action);
    },
  });
}

test("a second rollout is held off while the first one's lease lives", async () => {
  here = await world();
  const at = here;
  let second: string | undefined;
  const wrap = inSoak(25, async () => {
    second = (await at.resume({ holder: "another" })).outcome;
  });
  expect((await here.roll(["auth"], { wrap })).outcome).toBe("completed");
  expect(second).toBe("held");
  expect(here.moves("auth")).toEqual([5, 25, 50, 100, 100]);
});

test("a change between reading and writing is a conflict: it is read again, and other people's tags stay", async () => {
  here = await world();
  const at = here;
  const wrap = beforeShift(25, () =>
    at.person("auth", [
      { type: REVISION, revision: at.stable("auth"), percent: 95, tag: "stable" },
      { type: REVISION, revision: CANDIDATE, percent: 5, tag: "candidate" },
      { type: REVISION, revision: at.stable("auth"), tag: "demo" },
    ]),
  );
  expect((await here.roll(["auth"], { wrap })).outcome).not.toBe("rolled back");
  const writes = here.cloud.asked.filter(({ query }) => query.has("updateMask"));
  // The first of the two at 25 % was refused.
  expect(here.moves("auth").slice(0, 4)).toEqual([5, 25, 25, 50]);
  for (const { body } of writes.slice(2))
    expect(body.traffic).toContainEqual({ type: REVISION, revision: here.stable("auth"), tag: "demo" });
});

test("a person who goes back wins: it is not undone, not now and not by the next rollout", async () => {
  here = await world();
  const at = here;
  const wrap = inSoak(50, () =>
    at.person("auth", [
      { type: REVISION, revision: at.stable("auth"), percent: 100 },
      { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", tag: "candidate" },
    ]),
  );
  expect((await here.roll(["auth"], { wrap })).outcome).toBe("stopped");
  here.clock.now += 60_000;
  expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
  expect((await here.roll(["auth"])).outcome).toBe("refused");
  expect((await here.watchdog()).outcome).toBe("idle");
  expect(here.moves("auth")).toEqual([5, 25, 50]);
});

test("a person who moves the traffic elsewhere is left alone", async () => {
  here = await world();
  const at = here;
  const wrap = inSoak(25, () =>
    at.person("auth", [
      { type: REVISION, revision: at.stable("auth"), percent: 40 },
      { type: REVISION, revision: CANDIDATE, percent: 60 },
    ]),
  );
  const { outcome, why } = await here.roll(undefined, { wrap });
  expect(outcome).toBe("stopped");
  expect(why).toMatch(
    /the traffic of auth was changed externally \(staging-auth-00001-a 40 %, staging-auth-00002-b 60 %\)/,
  );
  here.clock.now += 3_600_000;
  expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 40, [CANDIDATE]: 60 });
  expect((await here.watchdog()).outcome).toBe("idle");
  expect(here.moves("auth")).toEqual([5, 25]);
});
