import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { platformPlan } from "../../platform/plan.ts";
import type { PreflightPlan } from "../../platform/preflight/preflight.ts";
import type { PreflightResult, PreflightSummary } from "../../platform/preflight/preflight-result.ts";
import { preflight } from "../../probe/preflight.ts";
import type { Draft } from "./environments.ts";
import { environment } from "./environments.ts";
import { ROOT } from "./project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");

export type Variables = Readonly<Record<string, string>>;

export interface Probed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly results: readonly PreflightResult[];
  /** The result of a check; it must be there. */
  result(check: string): PreflightResult;
  readonly summary: PreflightSummary;
}

export interface Bundle {
  readonly file: string;
  /** Runs the bundle as the container does, and waits for its end. */
  run(variables: Variables, options?: Options): Promise<Probed>;
  remove(): void;
}

export interface Options {
  readonly arguments?: readonly string[];
  /** Hears each line; may end the program with the function that it is given. */
  readonly onLine?: (line: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Bundles the probe as the image gets it. */
export function bundleProbe(): Bundle {
  const folder = mkdtempSync(path.join(os.tmpdir(), "probe-"));
  const file = path.join(folder, "preflight.cjs");
  const made = spawnSync(NODE, [path.join(ROOT, "tools/bundle-probe.ts"), file], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  return {
    file,
    run: (variables, options = {}) => runProbe(file, variables, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs the program in this process, whose time a test may hold. */
export async function probeHere(variables: Variables): Promise<Probed> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const code = await preflight({
    arguments: [],
    variables,
    terminal: false,
    print: (line) => stdout.push(line),
    complain: (line) => stderr.push(line),
    stop: new AbortController().signal,
  });
  return probed(code, stdout.join("\n"), stderr.join("\n"));
}

function runProbe(file: string, variables: Variables, options: Options): Promise<Probed> {
  return new Promise((resolve, reject) => {
    // Nothing of this machine's environment reaches it: the container has none of that either.
    const child = spawn(NODE, [file, ...(options.arguments ?? [])], { env: { ...variables } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (part: Buffer) => {
      stdout += part.toString();
      options.onLine?.(part.toString(), (signal) => child.kill(signal));
    });
    child.stderr.on("data", (part: Buffer) => {
      stderr += part.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(probed(code, stdout, stderr)));
  });
}

function probed(code: number | null, stdout: string, stderr: string): Probed {
  const lines = stdout.startsWith("{")
    ? stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
  const results: PreflightResult[] = lines.flatMap((line) => line.preflight ?? []);
  return {
    code,
    stdout,
    stderr,
    results,
    result: (check) => {
      const found = results.find((result) => result.check === check);
      if (found === undefined) throw new Error(`no result of ${check} in:\n${stdout}${stderr}`);
      return found;
    },
    summary: lines.at(-1)?.preflight_summary,
  };
}

/** Short deadlines, and latency limits that no busy machine reaches. */
const SECONDS = { connect: 10, ready: 10, statement: 10, request: 10, total: 60 };

/** The plan of staging's backend, on loopback, without what a test does not start. */
export function probePlan(change: (plan: Draft) => void = () => {}): PreflightPlan {
  const staging = environment();
  const backend = staging.services.find(({ name }) => name === "backend");
  if (backend === undefined) throw new Error("staging has no backend");
  const plan: Draft = structuredClone(platformPlan(staging).preflightPlan(backend));
  plan.seconds = { ...SECONDS };
  plan.privateServices = "127.0.0.0/8";
  plan.settings = {};
  plan.secrets = [];
  plan.dependencies = [];
  plan.database.queryMilliseconds = 60_000;
  plan.cache.pingMilliseconds = 60_000;
  change(plan);
  return plan;
}
