import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import { runRules } from "../../rules/run.ts";
import { differences } from "../../tools/json-differences.ts";
import { FIXTURES, MAIN, ROOT } from "../support/project.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * Synthesizes every environment of the fixtures into a new folder, as npm's scripts do.
 *
 * @param script arguments of Node in the place of those that start the bundle
 * @returns each file's text by its name
 */
function synth(...script: string[]): { folder: string; files: Record<string, string> } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "output-"));
  folders.push(folder);
  const node = path.join(ROOT, "node_modules/node/bin/node");
  const started = script.length === 0 ? MAIN : [...script, FIXTURES];
  const run = spawnSync(node, [...started, "synth", "--output", folder], {
    cwd: folder,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return {
    folder,
    files: Object.fromEntries(
      files.map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [path.relative(folder, file), readFileSync(file, "utf8")];
      }),
    ),
  };
}

const first = synth();

test("two runs in two folders give the same bytes", () => {
  const second = synth();
  expect(Object.keys(first.files).sort()).toContain("stacks/staging-network/cdk.tf.json");
  expect(Object.keys(first.files).sort()).toContain("topology/staging.svg");
  expect(second.files).toEqual(first.files);
});

test("the environments verified together, whose stacks have the same addresses, have no errors", async () => {
  const findings = runRules(await readGraph([first.folder]));
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("the output holds no path of this machine and no time of day", () => {
  for (const [name, text] of Object.entries(first.files)) {
    for (const place of [first.folder, ROOT, os.homedir(), os.tmpdir()]) {
      if (place.length > 1 && text.includes(`${place}/`)) throw new Error(`${name} contains ${place}`);
    }
    // Advice of the catalogue, which is in the program of pages, has midnights as examples.
    expect(text).not.toMatch(/\d{4}-\d\d-\d\dT(?!00:00:00Z)\d\d:\d\d/);
  }
});

test("cdktf and CDK Terrain give the same JSON but for their own version", () => {
  const sources = path.join(ROOT, "test/support/run-project.ts");
  const fork = synth("--import", path.join(ROOT, "test/support/use-cdktn.mjs"), sources);
  expect(differences(first.folder, fork.folder)).toEqual({ files: [], versions: ["0.21.0", "0.24.0"] });
});

test("a number that differs, and a file that one output lacks, are named", () => {
  const other = mkdtempSync(path.join(os.tmpdir(), "output-"));
  folders.push(other);
  cpSync(first.folder, other, { recursive: true });
  const network = path.join(other, "stacks/staging-network/cdk.tf.json");
  writeFileSync(network, readFileSync(network, "utf8").replace('"10.1.0.0/28"', '"10.1.0.16/28"'));
  rmSync(path.join(other, "stacks/staging-data/cdk.tf.json"));
  expect(differences(first.folder, other).files).toEqual([
    "stacks/staging-data/cdk.tf.json",
    "stacks/staging-network/cdk.tf.json",
  ]);
});
