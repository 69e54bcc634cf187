import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { meshPlan, objectsOf } from "../support/mesh-plan.ts";
import { runWithoutProviders, withoutProviders } from "../support/no-provider.ts";
import type { Run } from "../support/project.ts";
import type { Json } from "../support/synthesized.ts";

const CLUSTER = "gke_meta-studio_us-central1_meta-studio";
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mesh-"));
  withoutProviders(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, ...args: string[]): Promise<Run> {
  return runWithoutProviders(command, args, { folder });
}

/** A plan as if it had just been made for a cluster. */
function write(name: string, plan: Json, context: string): string {
  const file = path.join(folder, name);
  const provider = { name: "kubernetes", expressions: { config_context: { constant_value: context } } };
  const configuration = { provider_config: { kubernetes: provider }, root_module: {} };
  writeFileSync(file, JSON.stringify({ ...plan, timestamp: "2999-01-01T00:00:00Z", configuration }));
  return `meta-mesh=${file}`;
}

describe("an environment behind Istio", () => {
  test("is reviewed by its plans", async () => {
    const made = await run(
      "review",
      "meta-studio",
      "--plan",
      write("a.json", meshPlan(new Map(), objectsOf()), CLUSTER),
    );
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain("Safe: meta-studio (6 changes in 1 stack)");
    const gone = await run(
      "review",
      "meta-studio",
      "--plan",
      write("b.json", meshPlan(objectsOf(), new Map()), CLUSTER),
    );
    expect(gone.status).toBe(1);
    expect(gone.stdout).toContain("this gateway no longer serves ad-studio-app.us-central1.meta-studio.com");
  });

  test("is not another one's", async () => {
    const elsewhere = write("c.json", meshPlan(new Map(), objectsOf()), "gke_meta-studio_us-central1_other");
    const { status, stderr } = await run("review", "meta-studio", "--plan", elsewhere);
    expect(status).toBe(2);
    expect(stderr).toContain(
      `the plan is for the cluster gke_meta-studio_us-central1_other, and the environment meta-studio is deployed to ${CLUSTER}`,
    );
    expect((await run("review", "staging", "--plan", elsewhere)).stderr).toContain("staging is on Cloud Run");
  });

  test.each([
    ["review", []],
    ["deploy", ["--plan-only"]],
    ["drift", []],
  ])("%s synthesizes it, and says why it cannot be planned", async (command, args) => {
    const { status, stdout, stderr } = await run(command, "meta-studio", ...args);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain("meta-mesh");
    expect(stdout + stderr).toContain("The provider cannot be downloaded");
    const stack = readFileSync(path.join(folder, "cdktf.out/stacks/meta-mesh/cdk.tf.json"), "utf8");
    expect(stack).toContain(CLUSTER);
    expect(existsSync(path.join(folder, "cdktf.out/kubernetes/meta-studio.yaml"))).toBe(true);
  });
});

test.each([
  ["adopt", ["meta-studio", "--from", "environments"]],
  ["compare", ["meta-studio", "staging"]],
  ["compare", ["staging", "meta-studio"]],
  ["secrets", ["meta-studio"]],
  ["validate", ["meta-studio"]],
])("%s is for Cloud Run, and says so: %j", async (command, args) => {
  expect(await run(command, ...args)).toEqual({
    status: 2,
    stdout: "",
    stderr: "meta-studio is an environment behind Istio, and this command is for those on Cloud Run.\n",
  });
});

test("latency is for those behind Istio, and bootstrap for both", async () => {
  expect(await run("latency", "staging")).toMatchObject({
    status: 2,
    stderr: "staging is an environment on Cloud Run, and this command is for those behind Istio.\n",
  });
  expect(await run("bootstrap", "meta-studio")).toMatchObject({
    status: 2,
    stderr:
      'environments/meta-studio.ts names no state.bucket, so its state is in local files: write for example state: { bucket: "meta-studio-terraform-state" }.\n',
  });
});
