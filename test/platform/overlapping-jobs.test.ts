import { expect, test } from "@jest/globals";
import { sharesByDatabase } from "../../analysis/capacity/pools.ts";
import { executionsAtOnce } from "../../platform/budgets/connection-budget.ts";
import type { Job } from "../../platform/schema/environment.ts";
import { minutes } from "../../platform/units.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { synthesisOf } from "../support/synthesized.ts";

/** The job `report` runs on a schedule, 10 minutes at most, with a pool of 10 connections. */
const { environment, plan, issues } = changedShape("nightly");
const report = (more: object) => (draft: Draft) => Object.assign(draft.jobs[0], more);
const often = { schedule: "*/5 * * * *", timeout: minutes(12) };

test.each<[what: string, more: object, executions: number]>([
  ["by hand", { schedule: undefined, timeout: minutes(600) }, 1],
  ["once a day", {}, 1],
  ["as long as its interval", { schedule: "*/10 * * * *" }, 1],
  ["longer than its interval", often, 3],
  ["with a second attempt", { ...often, retries: 1 }, 5],
  ["with tasks one after the other", { ...often, tasks: 4, parallelism: 2 }, 5],
])("a job runs %s", (_, more, executions) => {
  expect(executionsAtOnce(plan(report(more)).jobs?.[0] as Job)).toBe(executions);
});

/** The kind: a number that is printed, and another one that is proven. */
test("what overlaps counts as often as it does, printed and proven alike", () => {
  const subject = environment(report({ ...often, tasks: 4, parallelism: 2 }));
  const { connectionBudget, addressPlan } = plan(report({ ...often, tasks: 4, parallelism: 2 }));
  expect(connectionBudget.databases[0]?.shares[0]).toEqual({
    owner: "report",
    connections: 100,
    sum: "5 executions × 2 tasks × (5 + 5)",
  });
  // 10 tasks and 1 of the other job, in blocks of 16.
  expect(addressPlan.directEgress.needed).toBe(32);
  const proven = [...sharesByDatabase(synthesisOf(subject).graph(subject)).values()].flat();
  expect(proven.map(({ amount, sum }) => [amount, sum])).toContainEqual([100, "5 executions x 2 tasks x 10"]);
});

test("what is too much says how it comes about, and what to change", () => {
  expect(issues((draft) => report({ ...often, timeout: minutes(120) })(draft))).toEqual([
    "database.maxConnections is 200 connections: at full scale 268 connections are needed: report 240 (24 executions × 1 task × (5 + 5)) + migrate 10 (1 task × (5 + 5)) + migration jobs 5 (database.jobConnections) + reserved 13 (database.reservedConnections 10 + superuser 3). Fix: raise maxConnections (with a tier whose memory carries it), or lower instances.max, timeout or parallelism of a job, pool or overflow.",
  ]);
});
