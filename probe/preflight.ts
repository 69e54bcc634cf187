import { allChecks } from "./checks/all.ts";
import { chosenChecks, readInput, WrongUse } from "./input.ts";
import { redactor } from "./redact.ts";
import { jsonReport, type Report, summarize, textReport } from "./report.ts";
import { runChecks } from "./run.ts";
import { Interrupted, seconds, TimedOut } from "./time.ts";

export interface Invocation {
  readonly arguments: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly terminal: boolean;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Aborted when the program is told to stop. */
  readonly stop: AbortSignal;
}

/** Exit code of wrong use, as everywhere in this project. */
const WRONG_USE = 2;

const HELP = `Checks, from where it runs, everything that a service needs, and says why something is not there.

Usage: preflight [--format text|json] [--help]

Variables: those of the service (docs/environments), PREFLIGHT_PLAN, and optionally
  PREFLIGHT_ONLY                categories, targets or checks, divided by commas
  PREFLIGHT_EXPECTED_ADDRESSES  addresses of Cloud NAT, divided by commas
  PREFLIGHT_CONTRACTS           JSON list of { service, url, expected }, optionally with revision and webSocket
  PREFLIGHT_SAMPLES             JSON list of { name, url, perSecond, seconds, answer, slow, outage, webSocket }
  PREFLIGHT_ID                  stands in every line

Exit codes: 0 every critical check passed, 2 wrong use, 10 to 20 by category (docs/preflight.md), 143 ended by SIGTERM.`;

/** The whole program except for its process; returns the exit code. */
export async function preflight(invocation: Invocation): Promise<number> {
  const started = performance.now();
  const { variables, complain } = invocation;
  const hide = redactor(variables);
  try {
    const { help, report } = readArguments(invocation);
    if (help) {
      invocation.print(HELP);
      return 0;
    }
    return await execute(invocation, report, started);
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    complain(hide(error.message));
    return WRONG_USE;
  }
}

async function execute(invocation: Invocation, report: Report, started: number): Promise<number> {
  const input = readInput(invocation.variables, started);
  const { plan, id } = input;
  const hide = redactor(invocation.variables, plan);
  const checks = chosenChecks(allChecks(input), input.only);
  const { total } = plan.seconds;
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new TimedOut("the preflight", total)), total * 1000);
  const signal = AbortSignal.any([end.signal, invocation.stop]);
  try {
    const results = await runChecks(checks, { plan, id, hide }, signal, (result, advice) =>
      invocation.print(report.result(result, advice)),
    );
    const summary = summarize(plan, results, {
      id,
      interrupted: invocation.stop.aborted,
      seconds: seconds(started),
    });
    invocation.print(report.summary(summary));
    return summary.exitCode;
  } finally {
    clearTimeout(timer);
    end.abort(new Interrupted("ended"));
  }
}

function readArguments({ arguments: given, terminal }: Invocation): { help: boolean; report: Report } {
  const automatic = terminal ? textReport : jsonReport;
  const [option, value, ...rest] = given;
  if (option === undefined) return { help: false, report: automatic };
  if (option === "--help" && value === undefined) return { help: true, report: automatic };
  const format = option.startsWith("--format=") ? option.slice("--format=".length) : value;
  const known = option === "--format" || (option.startsWith("--format=") && value === undefined);
  if (known && rest.length === 0 && format === "text") return { help: false, report: textReport };
  if (known && rest.length === 0 && format === "json") return { help: false, report: jsonReport };
  throw new WrongUse(
    `"${given.join(" ")}" is not understood: allowed are --format text, --format json and --help.`,
  );
}
