import { execFileSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import type { DeploymentRecord } from "../../delivery/record.ts";
import { takeoverLines } from "../../delivery/takeover.ts";
import { changesInFlight } from "../../terraform/apply-stack.ts";
import type { PlannedStack } from "../../terraform/plan-stacks.ts";

const PLACE = { project: "acme-staging", region: "us-central1" };

function lines(address: string, after: object, actions: readonly string[] = ["create"]): string[] {
  const record: DeploymentRecord = {
    environment: "staging",
    started: "2026-11-21T12:00:00Z",
    written: "2026-11-21T12:01:00Z",
    fingerprint: "0",
    stacks: [{ name: "staging-operations", status: "applying", json: "", plan: "", inFlight: [address] }],
  };
  const planned: PlannedStack = {
    name: "staging-operations",
    folder: "/work/cdktf.out/stacks/staging-operations",
    dependencies: [],
    hash: "",
    planFile: "",
    isEmpty: false,
    plan: { resource_changes: [{ address, change: { actions, after } }] },
  };
  return takeoverLines(record, [planned], PLACE, "terraform");
}

describe("what was being created when a deployment was cut off, and is not in the state", () => {
  test("is named with the command that imports it: the scheduler's account has no slot in existing", () => {
    expect(lines("google_service_account.scheduler", { account_id: "staging-scheduler" })).toEqual([
      "  staging-operations: google_service_account.scheduler was being created when the deployment was cut off, and is not in the state: if it exists, this takes it over:",
      "    terraform -chdir=/work/cdktf.out/stacks/staging-operations import google_service_account.scheduler projects/acme-staging/serviceAccounts/staging-scheduler@acme-staging.iam.gserviceaccount.com",
    ]);
  });

  test("is looked up where Google gives the id, and would create a second one", () => {
    const [about, command] = lines("google_monitoring_alert_policy.errors", { display_name: "5xx of auth" });
    expect(about).toContain("Google would create a second one");
    expect(command).toBe(
      `    terraform -chdir=/work/cdktf.out/stacks/staging-operations import google_monitoring_alert_policy.errors "$(gcloud monitoring policies list --project=acme-staging --filter='displayName="5xx of auth"' --format='value(name)')"`,
    );
  });

  test("of another type is named too", () => {
    expect(lines("google_cloud_scheduler_job.x", { name: "x" })).toEqual([
      expect.stringContaining("take it over with terraform import before you go on:"),
      "    terraform -chdir=/work/cdktf.out/stacks/staging-operations import google_cloud_scheduler_job.x ID",
    ]);
  });

  test("is not named where it reached the state", () => {
    expect(lines("google_service_account.scheduler", { account_id: "staging-scheduler" }, ["no-op"])).toEqual(
      [],
    );
  });

  test.each(["$(touch x)", "a'b; touch x", "`touch x`", "a\nb"])(
    "%j in a plan is one word for a shell",
    (name) => {
      for (const [address, after] of [
        ["google_service_account.a", { account_id: name }],
        ["google_monitoring_alert_policy.a", { display_name: name }],
        [`google_service_account.a["${name}"]`, { account_id: "x" }],
      ] as const) {
        const command = lines(address, after).slice(1).join("\n");
        // The programs only say what they are given.
        const shell = `terraform() { printf '%s\\n' "$@"; }; gcloud() { printf '%s ' "$@"; }; ${command}`;
        const said = execFileSync("sh", ["-c", shell], { encoding: "utf8" });
        expect(said.startsWith("-chdir=/work/cdktf.out/stacks/staging-operations\nimport\n")).toBe(true);
        expect(said).toContain(address.includes("policy") ? JSON.stringify(name) : name);
      }
    },
  );
});

test("what is in flight follows Terraform's events", () => {
  const inFlight = new Set<string>();
  const event = (type: string, addr: string, action = "create"): boolean =>
    changesInFlight(JSON.stringify({ type, hook: { resource: { addr }, action } }), inFlight);
  expect(event("apply_start", "a.a")).toBe(true);
  expect(event("apply_start", "a.b")).toBe(true);
  expect(event("apply_start", "a.c", "update")).toBe(false);
  expect(event("apply_progress", "a.a")).toBe(false);
  expect([...inFlight]).toEqual(["a.a", "a.b"]);
  expect(event("apply_complete", "a.a")).toBe(true);
  expect(event("apply_errored", "a.b")).toBe(true);
  expect(event("apply_complete", "a.c")).toBe(false);
  expect([...inFlight]).toEqual([]);
});
