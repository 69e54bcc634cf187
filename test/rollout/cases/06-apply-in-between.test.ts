import { afterEach, expect, test } from "@jest/globals";
import type { RolloutClient } from "../../../rollout/client.ts";
import { template, type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

/** Does something once, in the soak of a step. */
function during(percent: number, work: () => Promise<unknown>): (client: RolloutClient) => RolloutClient {
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

test("a fresh apply in mid-rollout is a rollback, and the rollout does not go on", async () => {
  here = await world();
  const at = here;
  const wrap = during(25, async () => at.terraform.apply(await at.terraform.plan("auth", at.stable("auth"))));
  const { outcome, why } = await here.roll(undefined, { wrap });
  expect(outcome).toBe("stopped");
  expect(why).toMatch(/auth was rolled back to staging-auth-00001-a externally/);
  expect(here.moves("auth")).toEqual([5, 25]);
  expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
  expect(here.service("backend").revisions).toHaveLength(1);
});

test("a stale saved plan never raises the candidate's share", async () => {
  here = await world();
  const at = here;
  const stale = await here.terraform.plan("auth", here.stable("auth"));
  const wrap = during(50, () => at.terraform.apply(stale));
  const { outcome } = await here.roll(["auth"], { wrap });
  expect(outcome).toBe("stopped");
  expect(here.moves("auth")).toEqual([5, 25, 50]);
  expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
});

test("an apply of another template in mid-rollout gets no traffic, and is not taken for the candidate", async () => {
  let digest = "b";
  here = await world({}, { configuration: (name) => template(name, digest) });
  const at = here;
  const wrap = during(25, async () => {
    digest = "c";
    await at.terraform.apply(await at.terraform.plan("auth", at.stable("auth")));
  });
  expect((await here.roll(["auth"], { wrap })).outcome).toBe("stopped");
  expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
  expect(here.service("auth").latestReady()).not.toBe(here.stable("auth"));
});

test("an apply right after the promotion changes nothing: what is declared is what serves", async () => {
  here = await world();
  await here.roll(["auth"]);
  const { stable = null } = here.ledger().services.auth ?? {};
  const shares = here.shares("auth");
  expect(await here.terraform.apply(await here.terraform.plan("auth", stable))).toBe("no changes");
  expect(here.shares("auth")).toEqual(shares);
});
