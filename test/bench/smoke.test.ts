import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "bench-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bench(script: string, ...args: readonly string[]) {
  const command = ["--disable-warning=DEP0044", path.join(ROOT, "bench", script), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  return { status, stdout, stderr };
}

// Each program that `npm run bench` starts runs once; how fast is not what this is about.
test("the generated environment is synthesized and proven, and the bare app makes the same resources", () => {
  const [ours, bare] = [path.join(folder, "ours"), path.join(folder, "bare")];
  expect(bench("app.ts", "1", "verified", ours)).toMatchObject({ status: 0, stderr: "" });
  expect(bench("bare.ts", ours, bare)).toMatchObject({ status: 0, stderr: "" });
});

test("the other parts measure and end with a table", () => {
  const { status, stdout, stderr } = bench("index.ts", "review", "probe", "--rounds", "1");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^review of plans that are there +time\n/);
  expect(stdout).toMatch(/probe, empty plan, to its exit +\d+ ms/);
});
