import { expect, test } from "@jest/globals";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const image = `europe-west1-docker.pkg.dev/acme/images/preflight@sha256:${"1".repeat(64)}`;

test.each<[string, string, (draft: Draft) => void, string]>([
  [
    "jobs and worker pools alone",
    "workers",
    (draft) => {
      draft.services = [];
      draft.workerPools[0].dependsOn = [];
      draft.jobs = [{ ...draft.workerPools[0], name: "report", timeout: 600 }];
      for (const key of ["instanceCount", "sidecars"]) delete draft.jobs[0][key];
    },
    "it runs as services do, and this environment has only jobs and worker pools",
  ],
  [
    "services without anything to check",
    "alone",
    () => {},
    "no service has a database, a cache, a secret or a dependency, so that there is nothing to check",
  ],
])("a preflight of %s is refused, because it would check nothing", (_what, shape, change, because) => {
  const { issues } = changedShape(shape);
  expect(issues(change)).toEqual([]);
  expect(
    issues((draft: Draft) => {
      change(draft);
      draft.preflight = { image };
    }),
  ).toEqual([`preflight is set: ${because}. Fix: remove preflight.`]);
});
