import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

/** Scripts that take no environment, and would begin to work at once. */
test.each([
  ["bundle-probe", "tools/bundle-probe.ts"],
  ["docs", "tools/docs.ts"],
  ["bench", "bench/index.ts"],
])("%s prints its help and does nothing else, and refuses what it does not know", (name, script) => {
  const run = (option: string) =>
    spawnSync(process.execPath, [path.join(ROOT, script), option], { encoding: "utf8" });
  const help = run("--help");
  expect([help.status, help.stderr]).toEqual([0, ""]);
  expect(help.stdout).toMatch(new RegExp(`^Usage: npm run ${name} -- \\[options\\]`));
  const unknown = run("--nonsense");
  expect([unknown.status, unknown.stdout, unknown.stderr]).toEqual([
    2,
    "",
    "error: unknown option '--nonsense'\n",
  ]);
});
