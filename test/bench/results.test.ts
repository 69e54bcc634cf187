import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

/** A digest of the findings in each fixture, by lines. */
function results(...command: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--no-deprecation", ...command], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.trim().split("\n");
}

test("the bundle finds in all fixtures what the sources find", () => {
  const bySources = results("bench/results.ts");
  expect(results(path.join("tools", "start.mjs"), "bench/results.ts")).toEqual(bySources);
  expect(bySources.length).toBeGreaterThan(250);
  for (const name of ["rules/examples/time/startup-window.tf", "change 21-destroy", "environment staging"])
    expect(bySources).toContainEqual(expect.stringMatching(new RegExp(`^[0-9a-f]{16} +\\d+ ${name}$`)));
});
