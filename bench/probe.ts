/** How fast the probe's bundle starts, next to Node itself: `npm run bench -- probe`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { table } from "../commands/table.ts";
import { parseEnvironment } from "../platform/environment.ts";
import { platformPlan } from "../platform/plan.ts";
import { environment as staging } from "../test/fixtures/environments/staging.ts";

const root = path.dirname(import.meta.dirname);
const work = mkdtempSync(path.join(os.tmpdir(), "bench-probe-"));
const bundle = path.join(work, "preflight.cjs");
const ROUNDS = Number(process.argv[2] ?? 10);

/** A plan in which nothing is to be reached. */
function emptyPlan(): string {
  const parsed = parseEnvironment("staging", staging, new Date().toISOString().slice(0, 10));
  if (!parsed.ok) throw new Error("staging of the fixtures does not parse");
  const [service] = parsed.environment.services;
  if (service === undefined) throw new Error("staging has no service");
  const { database, cache, ...rest } = platformPlan(parsed.environment).preflightPlan(service);
  return JSON.stringify({ ...rest, settings: {}, secrets: [], dependencies: [] });
}

function milliseconds(args: readonly string[], variables: Readonly<Record<string, string>>): number {
  const startedAt = performance.now();
  const run = spawnSync(process.execPath, args, { env: { ...variables }, encoding: "utf8" });
  const took = performance.now() - startedAt;
  if (run.status !== 0) throw new Error(run.stderr);
  return took;
}

try {
  const made = spawnSync(process.execPath, [path.join(root, "tools/bundle-probe.ts"), bundle], {
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(made.stderr);
  const variants = [
    { name: "node alone", args: ["-e", "0"], variables: {}, times: [] as number[] },
    {
      name: "probe, empty plan, to its exit",
      args: [bundle],
      variables: { PREFLIGHT_PLAN: emptyPlan() },
      times: [] as number[],
    },
  ];
  for (let round = 0; round < ROUNDS; round++)
    for (const { args, variables, times } of variants) times.push(milliseconds(args, variables));
  const rows = variants.map(({ name, times }) => [
    name,
    `${Math.round(Math.min(...times))} ms`,
    `${Math.round([...times].sort((a, b) => a - b)[times.length >> 1] ?? 0)} ms`,
  ]);
  console.log(table([["", "best", "median"], ...rows]).join("\n"));
} finally {
  rmSync(work, { recursive: true, force: true });
}
