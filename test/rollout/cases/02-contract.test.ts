import { afterEach, expect, test } from "@jest/globals";
import { type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

test("a healthy revision that breaks its contract at the tag gets no traffic", async () => {
  const contract = "database initialization: 20 s in force where 75 s is written";
  here = await world({ auth: [{ contract }] });
  const { outcome, why } = await here.roll();
  expect([outcome, why]).toEqual(["stopped", `contract/auth: ${contract}`]);
  expect(here.rollout().stop?.reason).toBe("gate");
  expect(here.moves("auth")).toEqual([]);
  expect(here.service("backend").revisions).toHaveLength(1);
});

test("the gate asks the new revision, at its own address, by name", async () => {
  here = await world({ auth: [{ contract: "wrong" }] });
  await here.roll(["auth"]);
  const run = here.cloud.asked.find(({ path }) => path.endsWith(":run"));
  expect(run?.path).toMatch(/\/jobs\/staging-preflight-auth:run$/);
  const text = JSON.stringify(run?.body);
  expect(text).toContain("https://candidate---staging-auth-fake.a.run.app/health/infrastructure");
  expect(text).toContain('\\"revision\\":\\"staging-auth-00002-b\\"');
});

test("a dependency that is down is not the revision's fault: it is looked at again, and not blocked", async () => {
  here = await world({ auth: [{ contract: "postgres is down", fault: "infrastructure" }] });
  const { outcome } = await here.roll(["auth"]);
  expect(outcome).not.toBe("completed");
  expect(here.moves("auth")).toEqual([]);
  expect(here.cloud.jobs.executions.length).toBeGreaterThan(3);
  expect(here.ledger().services.auth?.blocked).toEqual([]);
});
