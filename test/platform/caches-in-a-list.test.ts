import { expect, test } from "@jest/globals";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import { regionRows } from "../../platform/regions/region-rows.ts";
import { shapes } from "../fixtures/shapes.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** The same Redis as a list of one, which every user names. */
function inAList(draft: Draft): void {
  const { name = "redis" } = draft.cache;
  draft.caches = [draft.cache];
  draft.cache = undefined;
  const { services, jobs = [], workerPools = [] } = draft;
  for (const workload of [...services, ...jobs, ...workerPools])
    if (workload.cache !== undefined) {
      workload.caches = [{ instance: name, ...workload.cache }];
      workload.cache = undefined;
    }
}

const oneCache = Object.keys(shapes).filter((shape) => shapes[shape]?.cache !== undefined);

// The kind of fault: what asks for Redis looks at `cache` only, and finds none where they are a list.
test.each(oneCache)("%s: Redis in a list is one for every part of the plan", (name) => {
  const shape = changedShape(name);
  expect(shape.issues(inAList)).toEqual([]);
  const [list, one] = [shape.plan(inAList), shape.plan()];
  expect(list.cacheInstances.map(({ instance }) => instance)).toEqual(
    one.cacheInstances.map(({ instance }) => instance),
  );
  expect(regionRows(list)).toEqual(regionRows(one));
  expect(networkRequirements(list)).toEqual(networkRequirements(one));
  expect(list.egressRules).toEqual(one.egressRules);
  expect(list.connectionBudget.caches.map(({ used, limit }) => [used, limit])).toEqual(
    one.connectionBudget.caches.map(({ used, limit }) => [used, limit]),
  );
  expect(list.timeBudget.chain).toEqual(one.timeBudget.chain);
  expect(list.alerts.map(({ symptom }) => symptom).sort()).toEqual(
    one.alerts.map(({ symptom }) => symptom).sort(),
  );
});
