import { afterEach, expect, test } from "@jest/globals";
import { observe } from "../../../rollout-adapters/observe.ts";
import { type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

test("a revision that never gets ready gets no traffic, although a second apply is green", async () => {
  here = await world({ auth: [{ ready: false }] });
  const plan = await here.terraform.plan("auth", here.stable("auth"));
  expect(await here.terraform.apply(plan)).toBe("failed");
  const again = await here.terraform.plan("auth", here.stable("auth"));
  expect(await here.terraform.apply(again)).toBe("no changes");

  const { outcome, why } = await here.roll(["auth"]);
  expect(outcome).not.toBe("completed");
  expect(why).toMatch(/staging-auth-00002-b did not become ready: .*failed to start/);
  expect(here.rollout().stop?.reason).toBe("gate");
  expect(here.moves("auth")).toEqual([]);
  expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
  // The tag stands on the newest ready one, which is the old one: nobody was asked there.
  expect(here.service("auth").answering("https://candidate---staging-auth-fake.a.run.app")).toBe(
    here.stable("auth"),
  );
  expect(here.cloud.jobs.executions).toEqual([]);
});

test("an apply that fails stops the rollout before anything behind it", async () => {
  here = await world({ auth: [{ ready: false }] });
  const { outcome } = await here.roll();
  expect(outcome).not.toBe("completed");
  expect(here.rollout().stop?.reason).toBe("apply");
  expect(here.moves("auth")).toEqual([]);
  expect(here.service("backend").revisions).toHaveLength(1);
});

test("the tag on the newest one is read as the newest ready one, which is where it really leads", async () => {
  here = await world({ auth: [{ ready: false }] });
  await here.terraform.apply(await here.terraform.plan("auth", here.stable("auth")));
  const { environment: platform, google } = here;
  const { signal } = new AbortController();
  const seen = await observe({ platform, google, signal }, "auth", []);
  expect(seen?.observed).toMatchObject({
    latestCreated: "staging-auth-00002-b",
    latestReady: here.stable("auth"),
    terminal: "failed",
  });
  expect(seen?.observed.serving).toContainEqual({
    revision: here.stable("auth"),
    percent: 0,
    tag: "candidate",
  });
});
