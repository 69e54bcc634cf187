/**
 * CPU time and peak memory of the commands of every day against the floor, the commit before and peers, side by side in one run,
 * written to docs/performance.md: `npm run bench -- compare`.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { table } from "../commands/table.ts";
import { markdownTable } from "../values/markdown-table.ts";
import { generatedPlan } from "./generated-plan.ts";
import { onFixtures } from "./on-fixtures.ts";

const root = path.dirname(import.meta.dirname);
const ROUNDS = Number(process.argv[2] ?? 5);
const work = mkdtempSync(path.join(os.tmpdir(), "bench-compare-"));
const before = path.join(work, "before");
const usage = path.join(work, "usage");
const inWork = (name: string): string => path.join(work, name);

interface Variant {
  readonly name: string;
  readonly command: readonly string[];
  /** Name of the variant that it is compared with. */
  readonly to?: string;
  /** What is promised of it: "0.35 s". */
  readonly promise?: string;
  /** @default as many as all */
  readonly rounds?: number;
}

const node = (...args: readonly string[]): string[] => [process.execPath, "--no-deprecation", ...args];
const start = (...args: readonly string[]): string[] => node(path.join(root, "tools/start.mjs"), ...args);

interface Used {
  /** Seconds of user and system time of a program and all that it waits for: processors count them alike under any load. */
  readonly cpu: number;
  /** MiB at the peak of the process of Node that had the most; 0 of other programs. */
  readonly memory: number;
}

function used([program = "", ...args]: readonly string[]): Used {
  const run = spawnSync(
    "sh",
    ["-c", '"$@" >/dev/null 2>&1; code=$?; times; exit $code', "sh", program, ...args],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, BENCH_USAGE: usage, NODE_OPTIONS: `--require=${root}/bench/peak-memory.cjs` },
    },
  );
  // Verifiers exit with 1 where they find something, tflint with 2.
  if ((run.status ?? 3) > (program === "tflint" ? 2 : 1))
    throw new Error(`${program} ${args.join(" ")} failed`);
  const [, children = ""] = run.stdout.trim().split("\n");
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
  const peaks = existsSync(usage) ? readFileSync(usage, "utf8").trimEnd().split("\n") : [];
  rmSync(usage, { force: true });
  return { cpu, memory: Math.round(Math.max(0, ...peaks.map(Number.parseFloat)) / 1024) };
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

/** Peers read what the bare app wrote, or the same plan. */
function peers(): Variant[] {
  const stacks = inWork("bare/stacks");
  const policy = inWork("policy");
  mkdirSync(policy, { recursive: true });
  writeFileSync(
    path.join(policy, "connector.rego"),
    'package main\n\nimport rego.v1\n\ndeny contains "too many instances" if input.resource.google_vpc_access_connector[_].max_instances > 10\n',
  );
  const all: Variant[] = [
    {
      name: "checkov, resources of staging",
      command: ["checkov", "--directory", stacks, "--quiet", "--compact"],
    },
    { name: "tflint, resources of staging", command: ["tflint", `--chdir=${stacks}`, "--recursive"] },
    {
      name: "conftest with one rule, plan of 10,000 resources",
      command: ["conftest", "test", "--policy", policy, planOf(10_000)],
    },
  ];
  return all.filter(({ command: [program = ""] }) => isInstalled(program));
}

const BARE = "bare cdktf app, resources of staging";
const TEN = "10 services";
const TEN_THOUSAND = "packed verifier, plan of 10,000 resources";
const planOf = (resources: number): string => inWork(`plan-${resources}.json`);

/** A connector that the API refuses. */
const FINDING = `resource "google_vpc_access_connector" "wide" {
  name          = "wide"
  region        = "europe-west1"
  network       = "default"
  ip_cidr_range = "10.8.0.0/24"
}
`;

/** Milliseconds from the start of a verifier to the first text of a finding on stdout; what else goes on counts, too. */
async function timeToFirstFinding([program = "", ...args]: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "close");
  let text = "";
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes("google_vpc_access_connector.wide")) break;
  }
  const time = performance.now() - start;
  child.kill();
  await ended;
  if (!text.includes("google_vpc_access_connector.wide")) throw new Error(`no finding was printed: ${text}`);
  return time;
}

/** A folder of HCL with a hundred resources that the rule book finds nothing wrong with, and others. */
function writeHcl(name = "hcl", others = ""): string {
  const folder = inWork(name);
  mkdirSync(folder, { recursive: true });
  const blocks = Array.from(
    { length: 50 },
    (_, index) => `resource "google_service_account" "s${index}" {
  project    = "acme-bench"
  account_id = "service-${index}"
}

resource "google_project_iam_member" "s${index}" {
  project = "acme-bench"
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:\${google_service_account.s${index}.email}"
}
`,
  );
  writeFileSync(path.join(folder, "main.tf"), [...blocks, others].join("\n"));
  return folder;
}

const started = (...args: readonly string[]): string[] => {
  const [script = "", ...rest] = onFixtures(root, ...args);
  return start(path.relative(root, script), ...rest);
};

/** The verifier as the package ships it. */
const verifier = (input: string): string[] => [
  process.execPath,
  path.join(root, "dist/lib/verify.js"),
  input,
];

function variants(hasBefore: boolean): Variant[] {
  const staging = inWork("staging");
  return [
    { name: "Node alone", command: node("--eval", "0") },
    { name: "loading cdktf", command: node("--eval", 'require("cdktf")') },
    { name: BARE, command: node("bench/bare.ts", staging, inWork("bare")) },
    {
      name: "npm start of staging, verified and drawn (without npm)",
      command: started("synth", "staging", "--output", staging),
      to: BARE,
      promise: "1.5 x",
    },
    {
      name: "the same from sources",
      command: node(...onFixtures(root, "synth", "staging", "--output", inWork("sources"))),
      to: BARE,
    },
    ...(hasBefore
      ? [
          {
            name: "the same from sources of the commit before",
            command: node(...onFixtures(before, "synth", "staging", "--output", inWork("previous"))),
            to: BARE,
          },
        ]
      : []),
    { name: TEN, command: start("bench/app.ts", "10", "verified", inWork("ten")) },
    {
      name: "100 services",
      command: start("bench/app.ts", "100", "verified", inWork("hundred")),
      to: TEN,
      promise: "3 x, 300 MiB",
    },
    {
      name: "review of 12 plans",
      command: started("review", "staging", ...reviewed(), "--output", inWork("review.md")),
      promise: "0.6 s",
    },
    { name: "packed verifier, HCL of 100 resources", command: verifier(writeHcl()), promise: "0.35 s" },
    {
      name: "packed verifier, JSON of three environments",
      command: verifier(inWork("all")),
      promise: "0.4 s",
    },
    { name: "packed verifier, plan of 1,000 resources", command: verifier(planOf(1_000)) },
    {
      name: TEN_THOUSAND,
      command: verifier(planOf(10_000)),
      promise: "1 s, 200 MiB",
    },
    {
      name: "packed verifier, plan of 100,000 resources",
      command: verifier(planOf(100_000)),
      to: TEN_THOUSAND,
      promise: "10 x",
      // Half a minute each, whose share of chance is small.
      rounds: 1,
    },
    ...peers(),
  ];
}

const median = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? 0;

try {
  for (const resources of [1_000, 10_000, 100_000])
    writeFileSync(planOf(resources), JSON.stringify(generatedPlan(resources)));
  spawnSync(process.execPath, [path.join(root, "tools/package/index.ts")], { stdio: "inherit" });
  used(started("synth", "--output", inWork("all")));
  const all = variants(checkOutBefore());
  // Bundles, caches, pictures and the input of the bare app are there from the first round on.
  for (const { command, rounds } of all.slice(3)) if (rounds === undefined) used(command);
  const rounds = all.map((): Used[] => []);
  const firstFindings: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { command, rounds: own = ROUNDS }] of all.entries())
      if (round < own) rounds[index]?.push(used(command));
    firstFindings.push(await timeToFirstFinding(verifier(writeHcl("finding", FINDING))));
  }
  const measured = all.map((variant, index) => {
    const runs = rounds[index] ?? [];
    const sorted = (of: keyof Used): number[] => runs.map((run) => run[of]).sort((a, b) => a - b);
    return { ...variant, cpu: sorted("cpu"), memory: median(sorted("memory")) };
  });
  const rows = measured.map(({ name, to, promise = "", cpu, memory }) => {
    const other = measured.find((each) => each.name === to);
    const times = other === undefined ? "" : `${(median(cpu) / median(other.cpu)).toFixed(2)} x ${to}`;
    return [
      name,
      `${median(cpu).toFixed(2)} s`,
      `${cpu[0]?.toFixed(2)} to ${cpu.at(-1)?.toFixed(2)} s`,
      memory === 0 ? "" : `${memory} MiB`,
      times,
      promise,
    ];
  });
  const header = ["", "CPU, median", "least to most", "peak memory", "compared", "promised"];
  const [least = 0, most = 0] = [Math.min(...firstFindings), Math.max(...firstFindings)];
  const first = `The first finding in a folder of HCL with 101 resources is printed after ${least.toFixed(0)} to ${most.toFixed(0)} ms; promised are 150 ms.`;
  console.log([...table([header, ...rows], ""), "", first].join("\n"));
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} processors (${cpu?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, load ${os.loadavg()[0]?.toFixed(1)}`;
  writeFileSync(
    path.join(root, "docs/performance.md"),
    [
      "# Performance",
      "",
      "Written by `npm run bench -- compare`: user and system time of whole processes, side by side in one run, and the peak memory of the",
      "process that had the most. On a busy machine ratios count, not the figures. What is promised is meant of a quiet one.",
      "",
      `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${ROUNDS} rounds, ${machine}.`,
      "",
      markdownTable(header, rows),
      "",
      first,
      "",
    ].join("\n"),
  );
} finally {
  if (existsSync(before))
    spawnSync("git", ["worktree", "remove", "--force", before], { cwd: root, stdio: "ignore" });
  rmSync(work, { recursive: true, force: true });
}
