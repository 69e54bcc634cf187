import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runWithoutProviders, withoutProviders } from "../../support/no-provider.ts";
import { ROOT, type Run } from "../../support/project.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "commands-"));
  withoutProviders(folder);
  mkdirSync(path.join(folder, "no-programs"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  command: "deploy" | "drift",
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  return runWithoutProviders(command, args, { folder, cwd: ROOT, env });
}

describe("usage error is one sentence and exit code 2", () => {
  test("a deployment without a terminal and without a word", async () => {
    expect(await run("deploy", ["staging"])).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "There is no terminal to confirm on: give --yes, or --approved with the fingerprint that --plan-only printed.\n",
    });
  });

  test.each(["deploy", "drift"] as const)("%s without Terraform", async (command) => {
    const args = command === "deploy" ? ["staging", "--yes"] : ["staging"];
    const { status, stdout, stderr } = await run(command, args, { PATH: path.join(folder, "no-programs") });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^There is no Terraform on the PATH: install Terraform 1\.5 or newer .*\n$/);
  });

  test.each(["deploy", "drift"] as const)("%s of an environment that is not there", async (command) => {
    const args = command === "deploy" ? ["stagin", "--yes"] : ["stagin"];
    const { status, stderr } = await run(command, args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^There is no environment "stagin" .*\n$/);
  });

  test.each([
    ["deploy", ["production", "--yes"]],
    ["drift", ["production"]],
    ["review", ["production"]],
    ["rollout", ["start", "production"]],
  ])("%s without credentials, before the synth", async (command, args) => {
    const env = { HOME: folder, GOOGLE_OAUTH_ACCESS_TOKEN: "", METADATA_SERVER_DETECTION: "none" };
    expect(await runWithoutProviders(command, args, { folder, cwd: ROOT, env })).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'There are no Google credentials: run "gcloud auth application-default login", or set GOOGLE_OAUTH_ACCESS_TOKEN.\n',
    });
    expect(existsSync(path.join(folder, "cdktf.out"))).toBe(false);
  });

  test.each(["deploy", "drift"] as const)("%s explains itself", async (command) => {
    const { status, stdout } = await run(command, ["--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Exit codes: 0");
  });
});

/** A ledger in which every service of staging has a known good revision. */
function writeLedger(more: object = {}): void {
  const record = (stable: string) => ({ stable, image: null, blocked: [] });
  const services = {
    auth: record("staging-auth-00007-abc"),
    backend: record("netra-backend-staging-00750-69k"),
    frontend: record("staging-frontend-00003-xyz"),
  };
  const ledgers = path.join(folder, "rollout.staging");
  rmSync(ledgers, { recursive: true, force: true });
  mkdirSync(ledgers);
  writeFileSync(
    path.join(ledgers, "1.json"),
    JSON.stringify({ version: 2, environment: "staging", services, ...more }),
  );
}

describe("a rollout that is under way", () => {
  test("keeps a deployment from taking it back, and says who it is", async () => {
    const lease = { holder: "ci-17", expires: Date.UTC(2099, 0) };
    const startedAt = Date.UTC(2026, 10, 21, 13);
    writeLedger({
      rollout: { id: "rollout-7", startedAt, order: [], steps: [100], again: false, lease, services: {} },
    });
    const { status, stdout, stderr } = await run("deploy", ["staging", "--yes"]);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toBe(
      'Refused: a rollout of staging is under way (rollout-7 since 2026-11-21T13:00:00.000Z, by ci-17). An apply would roll it back to stable: wait for its end, or run "npm run rollout -- resume|abort staging" where its process has died.\n',
    );
  });

  test("a ledger of another version is refused", async () => {
    writeLedger({ version: 1 });
    const { status, stderr } = await run("deploy", ["staging", "--yes"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^The ledger of rollouts of staging has version 1, and this project reads version 2/,
    );
  });
});

describe("an environment that cannot be planned", () => {
  beforeAll(() => writeLedger());

  test("is not deployed, and every stack is told", async () => {
    const { status, stdout } = await run("deploy", ["staging", "--yes"]);
    expect(status).toBe(2);
    expect(stdout).toContain("staging-foundation, staging-network, staging-data");
    expect(stdout).toContain(": The provider cannot be downloaded");
    expect(stdout).toMatch(/Nothing was applied: \d+ stacks could not be planned\.\n$/);
    expect(readdirSync(path.join(folder, "cdktf.out/deployments"))).toEqual([]);
    expect(existsSync(path.join(folder, "cdktf.out/stacks/staging-data/cdk.tf.json"))).toBe(true);
  });

  test("is no environment without drift: exit code 2, and a line for the alert of each stack", async () => {
    const { status, stdout, stderr } = await run("drift", ["staging", "--format", "json"]);
    expect(status).toBe(2);
    const report = JSON.parse(stdout) as {
      exitCode: number;
      failed: { stack: string }[];
      drifted: unknown[];
    };
    expect(report).toMatchObject({ environment: "staging", exitCode: 2, drifted: [], noticed: [] });
    const entries = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { drift: { stack: string } });
    expect(entries.map(({ drift }) => drift.stack)).toEqual(report.failed.map(({ stack }) => stack));
    expect(entries[0]).toMatchObject({
      severity: "ERROR",
      drift: { environment: "staging", status: "unchecked", attribute: null },
    });
  });
});
