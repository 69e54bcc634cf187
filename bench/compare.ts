/**
 * CPU time of the commands of every day against the floor, the commit before and peers, side by side in one run, written to
 * docs/performance.md: `npm run bench -- compare`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { table } from "../commands/table.ts";
import { markdownTable } from "../platform/markdown-table.ts";
import { generatedPlan } from "./generated-plan.ts";

const root = path.dirname(import.meta.dirname);
const ROUNDS = Number(process.argv[2] ?? 5);
const work = mkdtempSync(path.join(os.tmpdir(), "bench-compare-"));
const before = path.join(work, "before");
const inWork = (name: string): string => path.join(work, name);

interface Variant {
  readonly name: string;
  readonly command: readonly string[];
  /** Position of the variant that it is compared with. */
  readonly to?: number;
}

const node = (...args: readonly string[]): string[] => [process.execPath, "--no-deprecation", ...args];
const start = (...args: readonly string[]): string[] => node(path.join(root, "tools/start.mjs"), ...args);

/** Seconds of user and system time of a program and all that it waits for: processors count them alike under any load. */
function cpuSeconds([program = "", ...args]: readonly string[]): number {
  const run = spawnSync(
    "sh",
    ["-c", '"$@" >/dev/null 2>&1; code=$?; times; exit $code', "sh", program, ...args],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  // Verifiers exit with 1 where they find something.
  if ((run.status ?? 2) > 1) throw new Error(`${program} ${args.join(" ")} failed`);
  const [, children = ""] = run.stdout.trim().split("\n");
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

/** The sources of the commit before this one, on the packages of this one; false in a clone that holds one commit only. */
function checkOutBefore(): boolean {
  const added = spawnSync("git", ["worktree", "add", "--detach", before, "HEAD~1"], { cwd: root });
  if (added.status === 0) symlinkSync(path.join(root, "node_modules"), path.join(before, "node_modules"));
  else console.error("Without the commit before this one, which git does not have here: a shallow clone?");
  return added.status === 0;
}

function reviewed(): string[] {
  return Array.from({ length: 12 }, (_, index) => {
    const file = inWork(`stack-${index}.json`);
    const timestamp = new Date(Date.now() + 86_400_000).toISOString();
    const plan = JSON.stringify({ ...generatedPlan(25), timestamp });
    writeFileSync(file, plan.replaceAll("acme-bench", "netra-staging"));
    return ["--plan", file];
  }).flat();
}

/** Peers read what the bare app wrote. */
function peers(): Variant[] {
  const stacks = inWork("bare/stacks");
  const all: Variant[] = [
    {
      name: "checkov, the same resources",
      command: ["checkov", "--directory", stacks, "--quiet", "--compact"],
    },
    { name: "tflint, the same resources", command: ["tflint", `--chdir=${stacks}`, "--recursive"] },
  ];
  return all.filter(({ command: [program = ""] }) => isInstalled(program));
}

const BARE = 2;
const plan = inWork("plan.json");

/** A command of the platform on the environments of the fixtures. */
const onFixtures = (folder: string, ...args: readonly string[]): readonly string[] => [
  path.join(folder, "test/support/run-project.ts"),
  path.join(folder, "test/fixtures"),
  ...args,
];
const started = (...args: readonly string[]): string[] => {
  const [script = "", ...rest] = onFixtures(root, ...args);
  return start(path.relative(root, script), ...rest);
};

function variants(hasBefore: boolean): Variant[] {
  const staging = inWork("staging");
  return [
    { name: "Node alone", command: node("--eval", "0") },
    { name: "loading cdktf", command: node("--eval", 'require("cdktf")') },
    { name: "bare cdktf app, resources of staging", command: node("bench/bare.ts", staging, inWork("bare")) },
    {
      name: "npm start of staging, verified and drawn (without npm)",
      command: started("synth", "staging", "--output", staging),
      to: BARE,
    },
    {
      name: "the same from sources",
      command: node(...onFixtures(root, "synth", "staging", "--output", inWork("sources"))),
      to: BARE,
    },
    { name: "10 services", command: start("bench/app.ts", "10", "verified", inWork("ten")) },
    { name: "100 services", command: start("bench/app.ts", "100", "verified", inWork("hundred")), to: 5 },
    {
      name: "review of 12 plans",
      command: started("review", "staging", ...reviewed(), "--output", inWork("review.md")),
    },
    { name: "verify, plan of 100 resources", command: start("main.ts", "verify", plan) },
    ...(hasBefore
      ? [
          {
            name: "npm start from sources of the commit before",
            command: node(...onFixtures(before, "synth", "staging", "--output", inWork("previous"))),
            to: BARE,
          },
        ]
      : []),
    ...peers(),
  ];
}

const median = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? 0;

try {
  writeFileSync(plan, JSON.stringify(generatedPlan(100)));
  const all = variants(checkOutBefore());
  // Bundles, caches, pictures and the input of the bare app are there from the first round on.
  for (const { command } of all.slice(3)) cpuSeconds(command);
  const times = all.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, { command }] of all.entries()) times[index]?.push(cpuSeconds(command));
  const sorted = times.map((each) => each.sort((a, b) => a - b));
  const medians = sorted.map(median);
  const rows = all.map(({ name, to }, index) => {
    const [least = 0] = sorted[index] ?? [];
    const ratio =
      to === undefined ? "" : `${((medians[index] ?? 0) / (medians[to] ?? 1)).toFixed(2)} x ${all[to]?.name}`;
    const spread = `${least.toFixed(2)} to ${(sorted[index]?.at(-1) ?? 0).toFixed(2)} s`;
    return [name, `${(medians[index] ?? 0).toFixed(2)} s`, spread, ratio];
  });
  const header = ["", "CPU, median", "least to most", "compared"];
  console.log(table([header, ...rows], "").join("\n"));
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} processors (${cpu?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, load ${os.loadavg()[0]?.toFixed(1)}`;
  writeFileSync(
    path.join(root, "docs/performance.md"),
    [
      "# Performance",
      "",
      "Written by `npm run bench -- compare`: user and system time of whole processes, side by side in one run. On a busy machine",
      "ratios count, not the figures.",
      "",
      `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${ROUNDS} rounds, ${machine}.`,
      "",
      markdownTable(header, rows),
      "",
    ].join("\n"),
  );
} finally {
  if (existsSync(before))
    spawnSync("git", ["worktree", "remove", "--force", before], { cwd: root, stdio: "ignore" });
  rmSync(work, { recursive: true, force: true });
}
