import { expect, test } from "@jest/globals";
import { preflightPlan } from "../../platform/preflight/preflight.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { resources, synthesized } from "../support/synthesized.ts";

const image = `europe-west1-docker.pkg.dev/acme/images/preflight@sha256:${"1".repeat(64)}`;

test("a preflight of an environment in which nothing runs is refused, because it would check nothing", () => {
  expect(
    changedShape("archive").issues((draft: Draft) => {
      draft.preflight = { image };
    }),
  ).toEqual([
    "preflight is set: it runs as services, jobs and worker pools do, and this environment has none. Fix: remove preflight.",
  ]);
});

/** The kind: what runs a container and is checked from nowhere before it is deployed. */
test("jobs and worker pools have preflights as services do, as themselves and on their own path", () => {
  const nightly = changedShape("nightly");
  const change = (draft: Draft): void => {
    draft.preflight = { image };
    draft.workerPools = [{ ...draft.jobs[0], name: "queue", instanceCount: 2 }];
    for (const key of ["schedule", "timeout"]) delete draft.workerPools[0][key];
  };
  const environment = nightly.environment(change);
  const stacks = synthesized(environment);
  const jobs = resources(stacks["nightly-preflight"], "google_cloud_run_v2_job");
  expect(
    jobs.map(({ name, template }) => [name, template.template.service_account.replace(/@.*/, "")]).sort(),
  ).toEqual([
    ["nightly-preflight-migrate", "nightly-migrate-run"],
    ["nightly-preflight-queue", "nightly-queue-run"],
    ["nightly-preflight-report", "nightly-report-run"],
  ]);
  for (const { template } of jobs)
    expect(template.template.vpc_access.network_interfaces).toMatchObject([
      { subnetwork: expect.stringContaining("nightly-direct") },
    ]);
  const plan = nightly.plan(change);
  const [budget] = plan.connectionBudget.databases;
  expect(budget?.shares.find(({ owner }) => owner === "preflight jobs")).toEqual({
    owner: "preflight jobs",
    connections: 30,
    sum: "as one instance of each service, worker pool and task: 10 + 10 + 10",
  });
  expect(plan.scheduledProbes.map(({ service }) => service)).toEqual(["report", "migrate", "queue"]);
  const [pool] = plan.workerPools ?? [];
  if (pool === undefined) throw new Error("the pool is declared");
  expect(preflightPlan(plan, pool).database).toMatchObject({ perInstance: 10, perRevision: 20 });
  const gate = Object.values<Record<string, { triggers_replace: object }>>(
    stacks["nightly-preflight"]?.resource ?? {},
  ).flatMap((byName) =>
    Object.values(byName).flatMap(({ triggers_replace = {} }) => Object.keys(triggers_replace)),
  );
  expect(gate).toEqual(expect.arrayContaining(["job report", "job migrate", "worker pool queue"]));
});
