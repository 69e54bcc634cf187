import { expect, test } from "@jest/globals";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { regionRows } from "../../platform/regions/region-rows.ts";
import { runbookContext } from "../../runbook/page.ts";
import { runbookPages } from "../../runbook/runbook.ts";
import { shapes } from "../fixtures/shapes.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** The same database as a list of one, which every user names. */
function inAList(draft: Draft): void {
  const { name } = draft.database;
  draft.databases = [draft.database];
  draft.database = undefined;
  const { services, jobs = [], workerPools = [] } = draft;
  for (const workload of [...services, ...jobs, ...workerPools])
    if (workload.database !== undefined) {
      workload.databases = [{ instance: name, ...workload.database }];
      workload.database = undefined;
    }
}

const oneDatabase = Object.keys(shapes).filter((shape) => shapes[shape]?.database !== undefined);

// The kind of fault: what asks for a database looks at `database` only, and finds none where they are a list.
test.each(oneDatabase)("%s: a database in a list is one for regions and for a network of others", (name) => {
  const shape = changedShape(name);
  expect(shape.issues(inAList)).toEqual([]);
  const plan = shape.plan(inAList);
  expect(plan.databaseInstances).toHaveLength(shape.plan().databaseInstances.length);
  expect(regionRows(plan)).toEqual(regionRows(shape.plan()));
  expect(networkRequirements(plan)).toEqual(networkRequirements(shape.plan()));
  const whatFails = (of: PlatformPlan) => runbookPages(runbookContext(of))["region-down"]?.means;
  expect(whatFails(plan)).toEqual(whatFails(shape.plan()));
});
