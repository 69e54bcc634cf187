import { spawn } from "node:child_process";
import process from "node:process";

/** Seconds; the largest inputs that are known take one. */
const DEFAULT_TIME_LIMIT = 300;
/** Characters of what an ending process says; the verifier's own sentences are shorter. */
const MAX_STDERR = 100_000;
const CHILD = "SINGLE_SOURCE_VERIFY_CHILD";

export const isChild = process.env[CHILD] !== undefined;

/**
 * Runs this script again in a process that can be ended: whatever hostile input makes of any one step, a run ends, and says
 * so in one sentence. Its output is that of the other process.
 *
 * @param script path of the script
 * @param args its arguments; `--time-limit SECONDS` among them is the limit
 */
export function runInChild(script: string, args: readonly string[]): void {
  const limit = timeLimit(args);
  const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
    stdio: ["inherit", "inherit", "pipe"],
    env: { ...process.env, [CHILD]: "1" },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (said.length < MAX_STDERR) said += text;
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, limit * 1000);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    clearTimeout(timer);
    process.stderr.write(`The verifier did not start: ${error.message}.\n`);
    process.exitCode = 2;
  });
  child.on("close", (code, signal) => {
    clearTimeout(timer);
    const why = isLate
      ? `The verifier was ended after ${limit} s: verify fewer files at a time, or give it more time with --time-limit.`
      : endOf(signal, code, said);
    process.stderr.write(why === undefined ? said : `${why}\n`);
    process.exitCode = why === undefined ? (code ?? 2) : 2;
  });
}

/** Why the process did not end by itself; undefined where it did. */
function endOf(signal: NodeJS.Signals | null, code: number | null, said: string): string | undefined {
  // V8 aborts where its memory ends: by a signal, or with the code that a shell makes of it.
  if (/heap out of memory|Allocation failed/.test(said) || signal === "SIGABRT" || code === 134)
    return "The verifier ran out of memory: verify fewer files at a time, or give Node more with NODE_OPTIONS=--max-old-space-size=8192.";
  return signal === null
    ? undefined
    : `The verifier was ended from outside (${signal}): nothing was checked to its end.`;
}

/** What is no number of seconds is refused by the other process, with every other option. */
function timeLimit(args: readonly string[]): number {
  const index = args.findIndex((argument) => /^--time-limit(=|$)/.test(argument));
  const written = args[index]?.split("=")[1] ?? args[index + 1];
  const seconds = index < 0 ? Number.NaN : Number(written);
  return seconds >= 1 && seconds <= 86_400 ? seconds : DEFAULT_TIME_LIMIT;
}
