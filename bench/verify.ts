/**
 * The verifier on plans of 1,000 to 100,000 resources, and against checkov on a plan of usual size where checkov is
 * installed; whole processes, each the best of several rounds. `npm run bench -- verify`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { table } from "../commands/table.ts";
import { generatedPlan } from "./generated-plan.ts";

const root = path.dirname(import.meta.dirname);
const ROUNDS = Number(process.argv[2] ?? 3);
const USUAL = 100;
/** Promised of a plan of 10,000 resources. */
const PROMISE = { milliseconds: 1_000, mebibytes: 200 };

interface Measured {
  readonly milliseconds: number;
  /** At the peak; 0 where it could not be asked. */
  readonly mebibytes: number;
}

const NODE = [process.execPath, "--require", path.join(root, "bench", "peak-memory.cjs")];
/** As the package ships it. */
const shipped = [...NODE, path.join(root, "dist", "lib", "verify.js")];
/** As `npm run verify` starts it: more than two hundred TypeScript files, each stripped of its types. */
const unbundled = [...NODE, path.join(root, "main.ts"), "verify"];

function best(command: readonly string[]): Measured {
  const rounds = Array.from({ length: ROUNDS }, () => once(command));
  return rounds.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
}

function once([program = "", ...args]: readonly string[]): Measured {
  const start = performance.now();
  const run = spawnSync(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"], encoding: "utf8" });
  const milliseconds = performance.now() - start;
  // Both programs exit with 1 where they find something.
  if (run.error !== undefined || (run.status ?? 2) > 1) throw new Error(`${program} failed`);
  return { milliseconds, mebibytes: Math.round(Number.parseInt(run.output[3] ?? "0", 10) / 1024) };
}

const folder = mkdtempSync(path.join(os.tmpdir(), "bench-verify-"));
const planOf = (resources: number): string => {
  const file = path.join(folder, `${resources}.json`);
  writeFileSync(file, JSON.stringify(generatedPlan(resources)));
  return file;
};

try {
  const [usual, one, ten, hundred] = [planOf(USUAL), planOf(1_000), planOf(10_000), planOf(100_000)];
  spawnSync(process.execPath, [path.join(root, "tools", "package", "index.ts")], { stdio: "inherit" });
  const verify = (file: string): Measured => best([...shipped, file, "--format", "json"]);
  const [small, thousand, tenThousand] = [verify(usual), verify(one), verify(ten)];
  const hundredThousand = once([...shipped, hundred, "--format", "json"]);
  const fromSource = best([...unbundled, usual, "--format", "json"]);
  const hasCheckov = spawnSync("checkov", ["--version"], { stdio: "ignore" }).status === 0;
  const checkov = hasCheckov
    ? best(["checkov", "--file", usual, "--quiet", "--compact", "--skip-download"])
    : undefined;
  const growth =
    (hundredThousand.milliseconds - tenThousand.milliseconds) /
    (tenThousand.milliseconds - thousand.milliseconds);
  const kept =
    tenThousand.milliseconds < PROMISE.milliseconds && tenThousand.mebibytes < PROMISE.mebibytes
      ? "kept"
      : "NOT KEPT";
  const row = (name: string, { milliseconds, mebibytes }: Measured, compared: string): string[] => [
    name,
    `${Math.round(milliseconds)} ms`,
    mebibytes === 0 ? "-" : `${mebibytes} MiB`,
    compared,
  ];
  const rows = [
    ["single-source-verify --format json", "time", "peak memory", ""],
    row(`plan of ${USUAL} resources`, small, ""),
    row(`the same with npm run verify (without npm itself)`, fromSource, ""),
    row("plan of 1,000 resources", thousand, ""),
    row(
      "plan of 10,000 resources",
      tenThousand,
      `promise of ${PROMISE.milliseconds / 1000} s and ${PROMISE.mebibytes} MiB ${kept}`,
    ),
    row(
      "plan of 100,000 resources, once",
      hundredThousand,
      `${growth.toFixed(1)} times the work from 1,000 to 10,000 (linear: 10)`,
    ),
    checkov === undefined
      ? ["checkov", "", "", "is not installed, nothing compared"]
      : row(
          `checkov, plan of ${USUAL} resources`,
          checkov,
          `${(checkov.milliseconds / small.milliseconds).toFixed(0)} x single-source-verify`,
        ),
  ];
  console.log(table(rows, "").join("\n"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
