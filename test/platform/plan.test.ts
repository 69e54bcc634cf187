import { describe, expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { environment, stagingDraft, TODAY } from "../support/environments.ts";

const staging = environment();
const plan = platformPlan(staging);

describe("the plan of an environment", () => {
  test("is computed once, and so is each of its parts", () => {
    expect(platformPlan(staging)).toBe(plan);
    expect(platformPlan(plan)).toBe(plan);
    for (const part of Object.keys(plan) as (keyof typeof plan)[]) expect(plan[part]).toBe(plan[part]);
    for (const service of plan.services) {
      expect(plan.contract(service)).toBe(plan.contract(service));
      expect(plan.preflightPlan(service)).toBe(plan.preflightPlan(service));
    }
  });

  test("holds the settings and what is derived from them", () => {
    expect(plan.project).toBe(staging.project);
    expect(plan.databaseInstances[0]?.connectionName).toBe(
      "netra-staging:us-central1:staging-shared-postgres",
    );
    expect(plan.timeBudget.readiness).toBe(plan.timeBudget.initialization + staging.deadlines.startupWindow);
    expect(plan.locationFlags).toBe("--region=us-central1 --project=netra-staging");
  });

  test("computes a part when it is read, so that the others can be checked without it", () => {
    const { deadlines: _, ...rest } = staging;
    const partial = platformPlan(rest as Environment);
    expect(partial.hostPlan).toEqual(plan.hostPlan);
    expect(partial.addressPlan.issues).toEqual([]);
    expect(() => partial.timeBudget).toThrow(TypeError);
  });

  test("of a changed environment is another one", () => {
    const other = environment((draft) => (draft.database.maxConnections = 1500));
    expect(platformPlan(other).connectionBudget.databases[0]?.limit).toBe(1500);
    expect(plan.connectionBudget.databases[0]?.limit).toBe(staging.database?.maxConnections);
  });
});

test("an accepted environment is the one that was checked", () => {
  const parsed = parseEnvironment("staging", stagingDraft(), TODAY);
  if (!parsed.ok) throw new Error("staging is refused");
  expect(parsed.environment).toEqual(staging);
  expect(platformPlan(parsed.environment).contract).toBe(platformPlan(parsed.environment).contract);
});
