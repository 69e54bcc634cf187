import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runCommand } from "../support/commands-in-one-process.ts";
import { FIXTURES, type Project, project, ROOT, type Run } from "../support/project.ts";

const run = (...args: string[]): Promise<Run> =>
  runCommand(args, { folder: FIXTURES, cwd: ROOT, env: { ...process.env, CI: "true", NO_COLOR: "1" } });

describe("adopt", () => {
  let files: Project;
  const file = (name: string): string => path.join(files.folder, name);
  beforeAll(() => {
    files = project();
    mkdirSync(file("empty"));
    mkdirSync(file("states"));
    writeFileSync(file("plan.bin"), Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]));
    writeFileSync(file("notes.json"), '{"hello": 1}');
    writeFileSync(file("nothing.tfstate"), '{"version": 4, "serial": 1, "resources": []}');
    writeFileSync(file("secret.tfstate"), '{"serial": 1, "meta": {}, "encrypted_data": "AAAA"}');
    writeFileSync(
      file("states/terraform.tfstate"),
      JSON.stringify({
        version: 4,
        serial: 1,
        resources: [
          {
            mode: "managed",
            type: "google_compute_network",
            name: "main",
            instances: [{ attributes: { name: "legacy-vpc", project: "netra-production" } }],
          },
        ],
      }),
    );
  });
  afterAll(() => files.remove());

  test("a state: what to paste, what disagrees, exit code 1", async () => {
    const { status, stdout } = await run(
      "adopt",
      "staging",
      "--from",
      "test/fixtures/states/running.tfstate",
    );
    expect(status).toBe(1);
    expect(stdout).toContain('    cache: "netra-redis-staging",');
    expect(stdout).toContain(
      "  database.tier: the environment says db-custom-8-30720, google_sql_database_instance.main has db-custom-2-7680\n    A deployment: changed in place, and the database restarts.",
    );
  });

  test("a folder of states that agrees, as JSON, exit code 0", async () => {
    const { status, stdout } = await run("adopt", "production", "--from", file("states"), "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "production",
      proposal: 'existing: {\n  network: "legacy-vpc",\n},',
      disagreements: [],
    });
    expect(status).toBe(0);
  });

  test.each<[string, () => string[], string]>([
    [
      "no such environment",
      () => ["stagin", "--from", file("states")],
      'There is no environment "stagin" (did you mean "staging"?)',
    ],
    ["no input", () => ["staging"], "required option '--from <path...>' not specified"],
    ["no such file", () => ["staging", "--from", file("missing.tfstate")], "missing.tfstate does not exist."],
    [
      "a folder without Terraform",
      () => ["staging", "--from", file("empty")],
      "empty holds neither Terraform",
    ],
    [
      "a saved plan",
      () => ["staging", "--from", file("plan.bin")],
      "A saved plan is read as `terraform show -json PLANFILE`.",
    ],
    [
      "other JSON",
      () => ["staging", "--from", file("notes.json")],
      "is neither Terraform JSON nor a plan or state",
    ],
    [
      "an encrypted state",
      () => ["staging", "--from", file("secret.tfstate")],
      "is encrypted by OpenTofu: decrypt it with `tofu show -json`, where the encryption of the project is set up (TF_ENCRYPTION), and give what that prints.",
    ],
    [
      "an empty state",
      () => ["staging", "--from", file("nothing.tfstate")],
      "holds no resources: give the state or configuration of what runs",
    ],
  ])("%s is one sentence and exit code 2", async (_what, args, expected) => {
    const { status, stdout, stderr } = await run("adopt", ...args());
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(expected);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("compare", () => {
  test("the shipped environments differ as they declare it", async () => {
    const { status, stdout } = await run("compare", "staging", "production");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /Sized for the load of production;[\s\S]*services\.backend\.instances\.max +20 instances +40 instances\n/,
    );
    expect(stdout).toContain("all of them by nature or declared.");
    expect(stdout).not.toContain("Undeclared");
    // Whole, below each other: digests decide.
    expect(stdout).toMatch(
      /services\.auth\.image\n +staging +us-central1\S+auth@sha256:[0-9a-f]{64}\n +production +us-central1\S+auth@sha256:[0-9a-f]{64}\n/,
    );
  });

  test("as JSON and Markdown", async () => {
    const { differences, unused } = JSON.parse(
      (await run("compare", "production", "staging", "--format", "json")).stdout,
    );
    expect(unused).toEqual([]);
    expect(differences).toContainEqual(
      expect.objectContaining({ path: "database.tier", standing: "declared" }),
    );
    expect((await run("compare", "staging", "production", "--format", "markdown")).stdout).toContain(
      "| `database.maxConnections` | 1250 connections | 3000 connections | Sized for the load",
    );
  });

  test.each([
    ["itself", ["staging", "staging"], "An environment cannot be compared with itself"],
    ["an unknown one", ["staging", "prodution"], 'did you mean "production"?'],
    ["one alone", ["staging"], "missing required argument 'other'"],
  ])("%s is usage error", async (_what, args, expected) => {
    const { status, stderr } = await run("compare", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(expected);
  });
});
