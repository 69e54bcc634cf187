/**
 * What the rule book finds in all fixtures, as one digest each, so that a faster version can be compared with the one before:
 *
 *     node bench/results.ts
 *
 * Prints "<digest> <number of findings> <fixture>".
 */
import { createHash } from "node:crypto";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { openProject } from "../commands/project.ts";
import { ownProject } from "../commands/verify/own-project.ts";
import { readGraph } from "../graph/index.ts";
import { runRules } from "../rules/run.ts";
import { BASE, FOLDER as CHANGES, plan } from "../test/support/plans.ts";

const ROOT = path.dirname(import.meta.dirname);

function print(fixture: string, findings: readonly object[]): void {
  const digest = createHash("sha256").update(JSON.stringify(findings)).digest("hex").slice(0, 16);
  console.log(`${digest} ${String(findings.length).padStart(3)} ${fixture}`);
}

process.chdir(ROOT);
const given = [
  ...globSync("rules/examples/*/*"),
  ...globSync("test/fixtures/terraform/*"),
  ...globSync("test/fixtures/plans/*.json"),
  ...globSync("test/fixtures/states/*"),
].sort();
for (const file of given) print(file, await findingsIn(file));

async function findingsIn(file: string): Promise<readonly object[]> {
  try {
    return runRules(await readGraph([file]));
  } catch (error) {
    // A file of waivers is no Terraform: the sentence that says so is the result.
    return [{ message: String(error) }];
  }
}

/** Stored as differences from one of them. */
const changes = globSync("*.json", { cwd: CHANGES }).map((file) => path.basename(file, ".json"));
const folder = mkdtempSync(path.join(os.tmpdir(), "results-"));
try {
  process.chdir(folder);
  for (const name of [BASE, ...changes.filter((name) => name !== BASE).sort()]) {
    writeFileSync(`${name}.json`, JSON.stringify(plan(name)));
    print(`change ${name}`, await findingsIn(`${name}.json`));
  }
} finally {
  process.chdir(ROOT);
  rmSync(folder, { recursive: true, force: true });
}

openProject({ folder: path.join(ROOT, "test/fixtures") });
for (const { inputs, graph } of await ownProject()) print(inputs.join(), runRules(graph));
