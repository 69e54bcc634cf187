import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, test } from "@jest/globals";
import { platformPlan } from "../../platform/plan.ts";
import { changesTemplate, terraformGateway } from "../../rollout-adapters/terraform-gateway.ts";
import type { CreationRecord } from "../../terraform/apply-stack.ts";
import { findTerraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";
import { environment, TODAY } from "../support/environments.ts";
import { terraformStacks } from "../support/terraform-stacks.ts";

const template = (image: string) => [{ containers: [{ image }] }];
const plan = (change: object, type = "google_cloud_run_v2_service") => ({
  resource_changes: [{ address: `${type}.auth`, type, change }],
});

describe("whether a plan makes a revision", () => {
  test("another template does, and so does a new service", () => {
    const before = { template: template("a"), traffic: [] };
    expect(changesTemplate(plan({ actions: ["update"], before, after: { template: template("b") } }))).toBe(
      true,
    );
    expect(
      changesTemplate(plan({ actions: ["create"], before: null, after: { template: template("a") } })),
    ).toBe(true);
    expect(
      changesTemplate(
        plan({
          actions: ["update"],
          before,
          after: before,
          after_unknown: { template: [{ containers: [{ env: [{ value: true }] }] }] },
        }),
      ),
    ).toBe(true);
  });

  test("traffic, labels, nothing and other resources do not", () => {
    const before = { template: template("a"), traffic: [] };
    const after = { template: template("a"), traffic: [{ percent: 100 }] };
    expect(changesTemplate(plan({ actions: ["update"], before, after }))).toBe(false);
    expect(changesTemplate(plan({ actions: ["no-op"], before, after: before }))).toBe(false);
    expect(
      changesTemplate(plan({ actions: ["create"], before: null, after }, "google_service_account")),
    ).toBe(false);
    expect(changesTemplate({})).toBe(false);
  });
});

test("what a rollout's apply creates is recorded before Terraform starts, and until it has ended", async () => {
  const app = terraformStacks();
  const interrupt = new Interrupt();
  try {
    app.write({ "staging-service-auth": { value: { input: "1" } } });
    const file = path.join(app.output, "stacks/staging-service-auth/cdk.tf.json");
    const json = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, JSON.stringify({ ...json, variable: { stable_auth: {} } }));
    const calls: string[] = [];
    const record = (refusal?: string): CreationRecord => ({
      open: async (creations) => {
        calls.push(`open ${creations.join()} with ${JSON.stringify(app.applied("staging-service-auth"))}`);
        return refusal;
      },
      begun: (address) => void calls.push(`begun ${address}`),
      close: async (outcome) => void calls.push(`close ${outcome}`),
    });
    const gateway = async (refusal?: string) =>
      terraformGateway({
        platform: platformPlan(environment()),
        stacks: stackFolders(app.output, () => true),
        terraform: await findTerraform(process.env),
        work: app.folder,
        interrupt,
        today: () => TODAY,
        log: () => {},
        recordOf: async () => record(refusal),
      });
    const action = { kind: "apply", service: "auth", stable: null } as const;
    expect(await (await gateway("Not started: no bucket.")).apply(action)).toMatchObject({
      outcome: "failed",
      why: "Not started: no bucket.",
    });
    expect(app.applied("staging-service-auth")).toEqual({});
    expect(await (await gateway()).apply(action)).toMatchObject({ outcome: "applied" });
    expect(calls).toEqual([
      "open terraform_data.value with {}",
      "open terraform_data.value with {}",
      "begun terraform_data.value",
      "close applied",
    ]);
  } finally {
    interrupt.release();
    app.remove();
  }
});
