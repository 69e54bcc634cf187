import { expect, test } from "@jest/globals";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const image = `europe-west1-docker.pkg.dev/acme/images/preflight@sha256:${"1".repeat(64)}`;

test("a preflight of jobs and worker pools alone is refused, because it would check nothing", () => {
  const { issues } = changedShape("workers");
  const alone = (draft: Draft): void => {
    draft.services = [];
    draft.workerPools[0].dependsOn = [];
    draft.jobs = [{ ...draft.workerPools[0], name: "report", timeout: 600 }];
    for (const key of ["instanceCount", "sidecars"]) delete draft.jobs[0][key];
  };
  expect(issues(alone)).toEqual([]);
  expect(
    issues((draft: Draft) => {
      alone(draft);
      draft.preflight = { image };
    }),
  ).toEqual([
    "preflight is set: it runs as services do, and this environment has only jobs and worker pools. Fix: remove preflight.",
  ]);
});
