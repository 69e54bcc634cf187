/**
 * A review of 12 stacks whose plans are there already, as a whole process, compared with the start of Node alone; each the best of several
 * rounds. `npm run bench -- review`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { table } from "../commands/table.ts";
import { generatedPlan } from "./generated-plan.ts";
import { onFixtures } from "./on-fixtures.ts";

const root = path.dirname(import.meta.dirname);
const ROUNDS = Number(process.argv[2] ?? 3);
const STACKS = 12;
/** Resources of each stack: 300 in all, three times as many as staging has. */
const RESOURCES = 25;
/** Promised of the whole review. */
const PROMISE = 1_500;

function best(args: readonly string[]): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => once(args)));
}

function once(args: readonly string[]): number {
  const start = performance.now();
  const run = spawnSync(process.execPath, args, { encoding: "utf8" });
  const milliseconds = performance.now() - start;
  if (run.error !== undefined || (run.status ?? 2) > 1) throw new Error(`the review failed: ${run.stderr}`);
  return milliseconds;
}

const folder = mkdtempSync(path.join(os.tmpdir(), "bench-review-"));
try {
  const plans = Array.from({ length: STACKS }, (_, index) => {
    const file = path.join(folder, `stack-${index}.json`);
    // Later than any change of the code, which a review would doubt.
    const timestamp = new Date(Date.now() + 86_400_000).toISOString();
    const plan = JSON.stringify({ ...generatedPlan(RESOURCES), timestamp });
    writeFileSync(file, plan.replaceAll("acme-bench", "netra-staging"));
    return ["--plan", file];
  }).flat();
  const review = (given: readonly string[]): number =>
    best(onFixtures(root, "review", "staging", ...given, "--output", path.join(folder, "report.md")));
  const [alone, one, all] = [best(["--eval", "0"]), review(plans.slice(0, 2)), review(plans)];
  const rows = [
    ["review of plans that are there", "time", ""],
    ["Node alone", `${Math.round(alone)} ms`, ""],
    [`one stack of ${RESOURCES} resources`, `${Math.round(one)} ms`, ""],
    [
      `${STACKS} stacks`,
      `${Math.round(all)} ms`,
      `promise of ${PROMISE / 1000} s ${all < PROMISE ? "kept" : "NOT KEPT"}`,
    ],
  ];
  console.log(table(rows, "").join("\n"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
