import { execFileSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { type Creations, NOTHING } from "../../delivery/in-flight/record.ts";
import { takeoverLines } from "../../delivery/takeover.ts";
import { begunCreation } from "../../terraform/apply-stack.ts";
import type { PlannedStack } from "../../terraform/plan-stacks.ts";

const PLACE = { project: "acme-staging", region: "us-central1" };

const HEAD =
  "The deployment of 2026-11-21T12:00:00Z by github-run-17-3f9a did not finish staging-operations, or still runs (last recorded 2026-11-21T12:01:00Z):";

function all(creations: Partial<Creations>, changes: readonly object[]): string[] {
  const record = {
    version: 1,
    stack: "staging-operations",
    by: "github-run-17-3f9a",
    started: "2026-11-21T12:00:00Z",
    written: "2026-11-21T12:01:00Z",
    ...NOTHING,
    ...creations,
  } as const;
  const planned: PlannedStack = {
    name: "staging-operations",
    folder: "/work/cdktf.out/stacks/staging-operations",
    dependencies: [],
    hash: "",
    planFile: "",
    isEmpty: false,
    plan: { resource_changes: changes },
  };
  return takeoverLines(new Map([[planned.name, { record, generation: "1" }]]), [planned], PLACE, "terraform");
}

/** Lines about one creation that had begun, without the head. */
function lines(address: string, after: object, actions: readonly string[] = ["create"]): string[] {
  const [head, ...rest] = all({ begun: [address] }, [{ address, change: { actions, after } }]);
  expect(head === undefined || head === HEAD).toBe(true);
  return rest;
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

  test.each(["a\nrm -rf ~", "a\u001b[2K", "a\u202eb"])("gets no command with %j in it", (name) => {
    const printed = lines("google_service_account.x", { account_id: name });
    expect(printed).toEqual([
      expect.stringContaining("take it over with terraform import before you go on:"),
      "    terraform -chdir=/work/cdktf.out/stacks/staging-operations import google_service_account.x ID",
    ]);
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

  test.each(["$(touch x)", "a'b; touch x", "`touch x`"])("%j in a plan is one word for a shell", (name) => {
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
  });
});

/** The kind: what a record names, and the plan says something else of than "create". */
describe("a record and a plan that is not of the same code", () => {
  const change = (address: string, ...actions: string[]) => ({ address, change: { actions, after: {} } });

  test("what the code has no more is named, too", () => {
    expect(all({ begun: ["google_redis_instance.old", "google_sql_database.x"] }, [])).toEqual([
      HEAD,
      "  staging-operations: google_redis_instance.old, google_sql_database.x were being created when the deployment was cut off, and no plan has them: delete what exists and is not in the state. This is said until the next deployment.",
    ]);
  });

  test("a replacement may exist next to what it replaces", () => {
    expect(lines("google_redis_instance.cache", {}, ["create", "delete"])).toEqual([
      "  staging-operations: google_redis_instance.cache was being replaced when the deployment was cut off, and its replacement is not in the state: if there are two, delete the new one before you go on.",
    ]);
  });

  test("what had not begun is named in one line, as far as it is not in the state", () => {
    const waiting = ["a.a", "a.b", "a.c"];
    expect(
      all({ waiting }, [change("a.a", "create"), change("a.b", "no-op"), change("a.c", "create")]),
    ).toEqual([
      HEAD,
      '  staging-operations: a.a, a.c had not begun when that was recorded, and may have since. Where "already exists" is the answer to this deployment, take it over in the same way.',
    ]);
    expect(all({ waiting }, [change("a.a", "no-op")])).toEqual([]);
  });

  test("a list has an end", () => {
    const begun = Array.from({ length: 50 }, (_, number) => `a.a${number}`);
    expect(all({ begun, unnamed: 7 }, [])[1]).toContain("a.a19 and 30 more were being created");
    expect(all({ unnamed: 7 }, [])[1]).toContain("more and 7 that the record has no room for had not begun");
  });
});

test("a creation is what Terraform's events say has begun", () => {
  const event = (type: string, action: string): string | undefined =>
    begunCreation(JSON.stringify({ type, hook: { resource: { addr: "a.a" }, action } }));
  expect(event("apply_start", "create")).toBe("a.a");
  expect(event("apply_start", "update")).toBeUndefined();
  expect(event("apply_complete", "create")).toBeUndefined();
  expect(begunCreation("no JSON")).toBeUndefined();
});
