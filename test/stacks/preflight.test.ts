import { describe, expect, test } from "@jest/globals";
import { TerraformStack } from "cdktf";
import { platformApp } from "../../stacks/platform-app.ts";
import { type Draft, environment } from "../support/environments.ts";
import { type Json, synthesized } from "../support/synthesized.ts";

const json = synthesized(environment());
/** Leaves one service, which needs no other. */
function keep(draft: Draft, name: string): void {
  draft.services = draft.services.filter((service: Draft) => service.name === name);
  draft.services[0].dependsOn = [];
  draft.existing = undefined;
  draft.services[0].exposure = [{ host: "staging.netrasystems.ai" }];
  draft.validation = undefined;
}
const job = (name: string): Json =>
  Object.values(json["staging-preflight"].resource.google_cloud_run_v2_job as Json).find(
    (found: Json) => found.name === `staging-preflight-${name}`,
  );
const service = (name: string): Json =>
  Object.values(json[`staging-service-${name}`].resource.google_cloud_run_v2_service as Json)[0];

describe.each(["auth", "backend", "frontend"])("the preflight of %s", (name) => {
  const task = job(name).template.template;
  const own = service(name).template;

  test("has the service's identity, way into the network and socket", () => {
    expect(task.service_account).toBe(own.service_account);
    expect(task.vpc_access).toEqual(own.vpc_access);
    expect(task.volumes).toEqual(own.volumes);
    expect(task.containers[0].volume_mounts).toEqual(own.containers[0].volume_mounts);
  });

  test("has the service's variables and secrets, and its plan beside them", () => {
    const [plan, ...rest] = [...task.containers[0].env].sort(
      (a: Json, b: Json) => Number(b.name === "PREFLIGHT_PLAN") - Number(a.name === "PREFLIGHT_PLAN"),
    );
    expect(rest).toEqual(own.containers[0].env);
    expect(JSON.parse(plan.value)).toMatchObject({ environment: "staging", service: name });
  });

  test("is tried once", () => {
    expect(task.max_retries).toBe(0);
    expect(job(name).template).toMatchObject({ task_count: 1, parallelism: 1 });
  });
});

test("every service comes after the preflight, and the preflight after the data", () => {
  const stacks = platformApp([environment()], "unwritten").node.children.filter((child) =>
    TerraformStack.isStack(child),
  );
  const needs = (stack: TerraformStack) => stack.dependencies.map(({ node }) => node.id);
  const services = stacks.filter(({ node }) => node.id.startsWith("staging-service-"));
  expect(services).toHaveLength(3);
  for (const service of services) expect(needs(service)).toContain("staging-preflight");
  expect(stacks.filter(({ node }) => node.id === "staging-preflight").flatMap(needs)).toEqual([
    "staging-data",
  ]);
});

describe.each<[string, (draft: Draft) => void, number]>([
  ["no service that needs anything", (draft) => keep(draft, "frontend"), 0],
  ["one service", (draft) => keep(draft, "auth"), 1],
])("an environment of %s", (_, change, jobs) => {
  const odd = environment(change);

  test("has its services after the preflight all the same", () => {
    const stacks = platformApp([odd], "unwritten").node.children.filter((child) =>
      TerraformStack.isStack(child),
    );
    const services = stacks.filter(({ node }) => node.id.startsWith("staging-service-"));
    expect(services).toHaveLength(1);
    for (const { dependencies } of services)
      expect(dependencies.map(({ node }) => node.id)).toContain("staging-preflight");
  });

  test("has a gate where it has a job", () => {
    const { resource = {} } = synthesized(odd)["staging-preflight"];
    expect(Object.keys(resource.google_cloud_run_v2_job ?? {})).toHaveLength(jobs);
    expect(Object.keys(resource.terraform_data ?? {})).toHaveLength(Math.min(jobs, 1));
  });
});
