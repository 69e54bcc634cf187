import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import type { JobInput } from "../../platform/define.ts";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { natPorts } from "../../platform/network/nat-ports.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment, EnvironmentInput } from "../../platform/schema/environment.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbookContext } from "../../runbook/page.ts";
import { runbook, runbookPages } from "../../runbook/runbook.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { discard, type Synthesis, synthesize } from "../../synthesis/synthesize.ts";
import { shapes } from "../fixtures/shapes.ts";
import { TODAY } from "../support/environments.ts";

const environments = Object.entries(shapes).map(([name, input]): Environment => {
  const parsed = parseEnvironment(name, input, TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return parsed.environment;
});

let synthesis: Synthesis;
beforeAll(async () => {
  synthesis = await synthesize(environments);
});
afterAll(() => discard(synthesis));

const stacksOf = (name: string) =>
  synthesis.stacks.map((stack) => stack.name).filter((stack) => stack.startsWith(`${name}-`));

function resources(name: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name: stack, json } of synthesis.stacks)
    if (stack.startsWith(`${name}-`))
      for (const [type, byName] of Object.entries(json.resource ?? {}))
        counts[type] = (counts[type] ?? 0) + Object.keys(byName).length;
  return counts;
}

describe.each(environments)("the platform $name", (environment) => {
  test("has no error of the rule book, which holds it against the provider's schema too", () => {
    const { errors, warnings } = evaluate(environment, synthesis, TODAY);
    expect(errors).toEqual([]);
    // Nobody is notified: what these platforms leave out on purpose.
    expect(new Set(warnings.map(({ rule }) => rule))).toEqual(new Set(["observability/channel"]));
  });

  test("costs nothing for what it leaves out: no resource, alert or page of it", () => {
    const plan = platformPlan(environment);
    const text = JSON.stringify([
      plan.alerts,
      plan.logMetrics,
      plan.dashboards,
      environmentPage(plan),
      runbook(plan),
    ]);
    const types = Object.keys(resources(environment.name));
    expect(text).not.toMatch(/=\(\)|undefined|NaN|\[object|pool of none/);
    // Nothing answers requests, and the command says so.
    if (environment.services.length === 0 && plan.hostPlan.length === 0)
      expect(JSON.stringify(plan.alerts)).not.toContain("npm run validate");
    const pages = runbookPages(runbookContext(plan));
    for (const [id, symptom] of [
      ["connector", "connector-at-its-maximum"],
      ["nat", "nat-ports-exhausted"],
      ["preflight", "preflight-failing"],
    ] as const) {
      const isThere = {
        connector: "google_vpc_access_connector",
        nat: "google_compute_router_nat",
        preflight: "terraform_data",
      };
      const ofOthers = id !== "preflight" && environment.network.unmanaged?.[id] !== undefined;
      expect([id, symptom in pages]).toEqual([id, types.includes(isThere[id]) || ofOthers]);
    }
    for (const { id, symptom } of plan.alerts) expect([id, symptom in pages]).toEqual([id, true]);
    for (const [section, type, words] of [
      ["database", "google_sql_database_instance", /gcloud sql|database_id/],
      ["cache", "cache", /gcloud (redis|memorystore)|redis_instance|memorystore\.google|REDIS_HOST/],
      ["edge", "google_compute_url_map", /certificate-manager|url_map_name|edge-lb/],
      ["preflight", "terraform_data", /npm run preflight|preflight-silent/],
    ] as const) {
      const several = {
        database: environment.databases,
        cache: environment.caches,
        edge: undefined,
        preflight: undefined,
      }[section];
      const isThere = (environment[section] ?? several) !== undefined;
      const found =
        section === "cache"
          ? types.includes("google_redis_instance") || types.includes("google_memorystore_instance")
          : types.includes(type);
      expect([section, found]).toEqual([section, isThere]);
      if (!isThere) expect([section, words.exec(text)?.[0]]).toEqual([section, undefined]);
    }
  });
});

test("one service alone is fewer than 40 resources", () => {
  const count = Object.values(resources("alone")).reduce((sum, each) => sum + each, 0);
  expect(count).toBeLessThan(40);
  expect(stacksOf("alone").sort()).toEqual([
    "alone-foundation",
    "alone-network",
    "alone-operations",
    "alone-service-worker",
  ]);
});

test("an internal service admits each service and job that calls it, at an address of run.app that leads through the network", () => {
  for (const [name, caller] of [
    ["webapi", "web"],
    ["jobcalls", "sync"],
  ] as const) {
    const of = (stack: string) =>
      synthesis.stacks.find((each) => each.name === `${name}-${stack}`)?.json.resource;
    const [invoker] = Object.values(of("service-api")?.google_cloud_run_v2_service_iam_member ?? {});
    expect(invoker).toMatchObject({
      role: "roles/run.invoker",
      member: `serviceAccount:${name}-${caller}-run@acme-web.iam.gserviceaccount.com`,
    });
    expect(Object.values(of("network")?.google_dns_managed_zone ?? {})).toMatchObject([
      { dns_name: "run.app." },
    ]);
    expect(JSON.stringify(synthesis.stacks.filter((each) => each.name.endsWith(`-${caller}`)))).toContain(
      `https://${name}-api-123456789012.europe-west1.run.app`,
    );
  }
});

test("the connections of jobs are in the budget that is printed and proven", () => {
  const plan = platformPlan(environments.find(({ name }) => name === "nightly") as Environment);
  expect(
    plan.connectionBudget.databases[0]?.shares.map(({ owner, connections }) => [owner, connections]),
  ).toEqual([
    ["report", 10],
    ["migrate", 10],
    ["migration jobs", 5],
    ["reserved", 13],
  ]);
  expect(plan.alerts.find(({ id }) => id === "database-logins-failed")?.numbers[0]).toMatch(/^10 attempts/);
});

test("a Cloud NAT is there where a service reaches the internet through the network, and nowhere else", () => {
  const having = environments.filter(({ name }) => resources(name).google_compute_router_nat !== undefined);
  expect(having.map(({ name }) => name)).toEqual(["outside", "three"]);
});

test("a worker has the entry point and the roles that its entry states, and its preflight only the roles", () => {
  const json = (stack: string) => JSON.stringify(synthesis.stacks.find(({ name }) => name === stack)?.json);
  expect(json("outside-service-worker")).toContain('"args":["--queue","orders"],"command":["/worker"]');
  expect(json("outside-preflight")).not.toContain("/worker");
  expect(json("outside-foundation")).toContain('"role":"roles/pubsub.subscriber"');
});

test("a rollback watchdog is there where its image and a bucket for its ledger are", () => {
  expect(
    environments.filter(({ name }) => stacksOf(name).includes(`${name}-guard`)).map(({ name }) => name),
  ).toEqual(["two", "guarded"]);
});

test("a load balancer without a host is refused", () => {
  const parsed = parseEnvironment(
    "alone",
    { ...shapes.alone, edge: { certificateDomain: "acme.example" } } as EnvironmentInput,
    TODAY,
  );
  expect(parsed.ok ? [] : parsed.issues.map(formatIssue)).toEqual([
    "edge is set: no service has an exposure, so that there is no load balancer. Fix: give a service an exposure, or remove edge.",
  ]);
});

test("a service account of a job may exist already", () => {
  const parsed = parseEnvironment(
    "nightly",
    { ...shapes.nightly, existing: { serviceAccounts: { report: "acme-report" } } } as EnvironmentInput,
    TODAY,
  );
  const slot = parsed.ok && platformPlan(parsed.environment).existingSlots.find(({ of }) => of === "report");
  expect(slot).toMatchObject({ kind: "serviceAccounts", name: "acme-report", declared: "acme-report" });
});

test("ports of Cloud NAT of jobs are on the capacity page", () => {
  const { outside, jobcalls } = shapes;
  const [job] = jobcalls?.jobs ?? [];
  const jobs = [{ ...(job as JobInput), dependsOn: ["partner"] }];
  const parsed = parseEnvironment("outside", { ...outside, jobs } as EnvironmentInput, TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  const ports = capacityPlan(platformPlan(parsed.environment)).find(({ name }) => name === "Cloud NAT");
  // 5 instances in 2 revisions, and 2 tasks.
  expect(ports?.needed(1)).toBe((5 * 2 + 2) * natPorts.minimum);
});
