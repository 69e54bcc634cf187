import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MAIN, type Project, project, ROOT, type Run } from "../support/project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");

function run(command: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    NODE,
    ["--disable-warning=DEP0044", ...MAIN, command, ...args],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, CI: "true", NO_COLOR: "1" } },
  );
  return { status, stdout, stderr };
}

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

  test("a state: what to paste, what disagrees, exit code 1", () => {
    const { status, stdout } = run("adopt", "staging", "--from", "test/fixtures/states/running.tfstate");
    expect(status).toBe(1);
    expect(stdout).toContain('    cache: "netra-redis-staging",');
    expect(stdout).toContain(
      "  database.tier: the environment says db-custom-8-30720, google_sql_database_instance.main has db-custom-2-7680\n    A deployment: changed in place, and the database restarts.",
    );
  });

  test("a folder of states that agrees, as JSON, exit code 0", () => {
    const { status, stdout } = run("adopt", "production", "--from", file("states"), "--format", "json");
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
      "is encrypted; give the output of `tofu show -json` instead.",
    ],
    [
      "an empty state",
      () => ["staging", "--from", file("nothing.tfstate")],
      "holds no resources: give the state or configuration of what runs",
    ],
  ])("%s is one sentence and exit code 2", (_what, args, expected) => {
    const { status, stdout, stderr } = run("adopt", ...args());
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(expected);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("compare", () => {
  test("the shipped environments differ as they declare it", () => {
    const { status, stdout } = run("compare", "staging", "production");
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

  test("as JSON and Markdown", () => {
    const { differences, unused } = JSON.parse(
      run("compare", "production", "staging", "--format", "json").stdout,
    );
    expect(unused).toEqual([]);
    expect(differences).toContainEqual(
      expect.objectContaining({ path: "database.tier", standing: "declared" }),
    );
    expect(run("compare", "staging", "production", "--format", "markdown").stdout).toContain(
      "| `database.maxConnections` | 1250 connections | 3000 connections | Sized for the load",
    );
  });

  test.each([
    ["itself", ["staging", "staging"], "An environment cannot be compared with itself"],
    ["an unknown one", ["staging", "prodution"], 'did you mean "production"?'],
    ["one alone", ["staging"], "missing required argument 'other'"],
  ])("%s is usage error", (_what, args, expected) => {
    const { status, stderr } = run("compare", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(expected);
  });
});
