import process from "node:process";

/** Seconds; the largest inputs that are known take one. */
const DEFAULT_TIME_LIMIT = 300;
const CHILD = "SINGLE_SOURCE_CHILD";
/** Where a program that starts another script in this process notes how it was started: tools/start.mjs, bin.ts. */
const STARTED_BY = Symbol.for("single-source-platform.started-by");

/** True in the process that does the work. */
export const isChild = process.env[CHILD] !== undefined;

/** A program that reads what strangers wrote. */
interface Program {
  /** As a sentence begins with it: "The verifier". */
  readonly name: string;
  /** What makes its input smaller: "verify fewer files at a time". */
  readonly advice: string;
  /** When the time limit begins: at once, or when the child calls `startTimeLimit`, after work that has no limit. */
  readonly limitFrom: "start" | "call";
  /** True where it shows progress on stderr, which stays the terminal then. */
  readonly showsProgress: boolean;
}

export const VERIFIER: Program = {
  name: "The verifier",
  advice: "verify fewer files at a time",
  limitFrom: "start",
  showsProgress: false,
};

export const REVIEW: Program = {
  name: "The review",
  advice: "review fewer plans at a time (--plan)",
  limitFrom: "call",
  showsProgress: true,
};

/**
 * Runs this script again, with the same arguments, in a process that can be ended: whatever hostile input makes of any one
 * step, a run ends, and says so in one sentence with exit code 2. Its output is that of the other process.
 * `--time-limit SECONDS` among the arguments is the limit.
 */
export async function runInChild(program: Program): Promise<void> {
  // The child, which does not start another one, does without it.
  const { spawn } = await import("node:child_process");
  const args = process.argv.slice(2);
  const limit = timeLimit(args);
  const inheritsErrors = program.showsProgress && process.stderr.isTTY === true;
  const child = spawn(process.execPath, [...process.execArgv, ...entry(), ...args], {
    stdio: ["inherit", "inherit", inheritsErrors ? "inherit" : "pipe", "ipc"],
    env: { ...process.env, [CHILD]: "1" },
  });
  const errors = { held: "" };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    // V8's own report, which only makes sense to V8's authors, begins with one of these.
    const end = errors.held === "" ? text.search(/\n?<--- Last few GCs|FATAL ERROR: |\n?#\n# Fatal/) : 0;
    process.stderr.write(end < 0 ? text : text.slice(0, end));
    if (end >= 0) errors.held += text.slice(end);
  });
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const startTimer = (): void => {
    timer ??= setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, limit * 1000);
  };
  if (program.limitFrom === "start") startTimer();
  else child.once("message", startTimer);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  await new Promise<void>((resolve) => {
    child.on("error", (error) => {
      clearTimeout(timer);
      process.stderr.write(`${program.name} did not start: ${error.message}.\n`);
      process.exitCode = 2;
      resolve();
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const why = isLate
        ? `${program.name} was ended after ${limit} s: ${program.advice}, or give it more time with --time-limit.`
        : endOf(program, signal, code);
      process.stderr.write(why === undefined ? errors.held : `${why}\n`);
      process.exitCode = why === undefined ? (code ?? 2) : 2;
      resolve();
    });
  });
}

/** In the child: from here on the time counts. */
export function startTimeLimit(): void {
  process.send?.("started");
}

/** Notes that this script was run, before another one takes its place in the arguments. */
export function noteStart(): void {
  Reflect.set(process, STARTED_BY, [process.argv[1]]);
}

/** What Node is given to run this script. */
function entry(): readonly string[] {
  const started: unknown = Reflect.get(process, STARTED_BY);
  return Array.isArray(started) ? started.map(String) : [process.argv[1] ?? ""];
}

/** Why the process did not end by itself; undefined where it did. */
function endOf(
  { name, advice }: Program,
  signal: NodeJS.Signals | null,
  code: number | null,
): string | undefined {
  // V8 aborts where its memory ends: by a signal, or with the code that a shell makes of it.
  if (["SIGABRT", "SIGTRAP", "SIGILL"].includes(signal ?? "") || [132, 133, 134].includes(code ?? 0))
    return `${name} ran out of memory: ${advice}, or give Node more with NODE_OPTIONS=--max-old-space-size=8192.`;
  return signal === null
    ? undefined
    : `${name} was ended from outside (${signal}): nothing was checked to its end.`;
}

/** What is no number of seconds is refused by the other process, with every other option. */
function timeLimit(args: readonly string[]): number {
  const index = args.findIndex((argument) => /^--time-limit(=|$)/.test(argument));
  const written = args[index]?.split("=")[1] ?? args[index + 1];
  const seconds = index < 0 ? Number.NaN : Number(written);
  return isTimeLimit(seconds) ? seconds : DEFAULT_TIME_LIMIT;
}

/** Seconds, at most a day. */
export const isTimeLimit = (seconds: number): boolean => seconds >= 1 && seconds <= 86_400;
