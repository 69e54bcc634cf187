import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "limits-"));
  writeFileSync(path.join(folder, "main.tf"), 'resource "google_compute_network" "main" { name = "main" }\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The verifier with a rule that stands for any step of it that hostile input has found: it does this and nothing else. */
function verifierThat(name: string, does: string, args: readonly string[], options = "") {
  const rules = path.join(folder, name);
  mkdirSync(rules);
  const texts = 'why: "w", limit: "l", fix: "f", source: "https://example.com"';
  writeFileSync(
    path.join(rules, "rule.mjs"),
    `export const rule = { id: "own/${name}", ${texts}, *check() { ${does} } };\n`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(ROOT, "commands/verify-cli.ts"), folder, "--rules", rules, ...args],
    { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: options } },
  );
  return [status, stderr];
}

test("a step that never ends is ended, and told in one sentence", () => {
  expect(verifierThat("endless", "for (;;);", ["--time-limit", "1"])).toEqual([
    2,
    "The verifier was ended after 1 s: verify fewer files at a time, or give it more time with --time-limit.\n",
  ]);
});

test("a step that takes all memory ends in one sentence, without what V8 says of it", () => {
  const grows = "const all = []; for (;;) all.push(new Array(1000).fill({}));";
  expect(verifierThat("growing", grows, [], "--max-old-space-size=100")).toEqual([
    2,
    "The verifier ran out of memory: verify fewer files at a time, or give Node more with NODE_OPTIONS=--max-old-space-size=8192.\n",
  ]);
});

test("a process that is ended from outside is no success", () => {
  expect(verifierThat("killed", 'process.kill(process.pid, "SIGKILL"); for (;;);', [])).toEqual([
    2,
    "The verifier was ended from outside (SIGKILL): nothing was checked to its end.\n",
  ]);
});
