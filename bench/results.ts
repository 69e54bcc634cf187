/**
 * What the rule book finds in all fixtures, as one digest each, so that a faster version can be held against the one before:
 *
 *     node bench/results.ts [project folder that the code is taken from]
 *
 * Prints "<digest> <number of findings> <fixture>". The fixtures are this project's.
 */
import { createHash } from "node:crypto";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BASE, FOLDER as CHANGES, plan } from "../test/support/plans.ts";

const ROOT = path.dirname(import.meta.dirname);
const [code = ROOT] = process.argv.slice(2);
const load = async <Module>(file: string): Promise<Module> =>
  (await import(path.join(path.resolve(code), file))) as Module;
const { readGraph } = await load<typeof import("../graph/index.ts")>("graph/index.ts");
const { runRules } = await load<typeof import("../rules/run.ts")>("rules/run.ts");
const { openProject } = await load<typeof import("../commands/project.ts")>("commands/project.ts");
const { ownProject } = await load<typeof import("../commands/verify/own-project.ts")>(
  "commands/verify/own-project.ts",
);

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

openProject({ folder: ROOT });
for (const { inputs, graph } of await ownProject()) print(inputs.join(), runRules(graph));
