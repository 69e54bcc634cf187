import process from "node:process";
import { UserError } from "../../platform/user-error.ts";
import type { Result, Task } from "../../validation/check.ts";
import { clockTime } from "../../validation/report/markdown.ts";
import type { Report } from "../../validation/report/report.ts";
import { runTasks } from "../../validation/run-tasks.ts";
import {
  type ValidationContext,
  type ValidationPlan,
  validationTasks,
  watchTasks,
} from "../../validation/tasks.ts";
import { verdict } from "../../validation/verdict.ts";
import { type WatchEvent, type WatchSummary, watch } from "../../validation/watch.ts";
import { liveProgress, plainProgress } from "./progress.ts";

/** Progress goes to stderr, so that the report on stdout can be piped. */
const write = (line: string): void => console.error(line);

/**
 * Checks once, and then watches with `watching`.
 *
 * @throws UserError where it could not check, or was interrupted in the first round
 */
export async function look(
  plan: ValidationPlan,
  context: ValidationContext,
  watching: boolean,
  signal: AbortSignal,
): Promise<Report> {
  const at = new Date(context.clock.now()).toISOString();
  const results = await lookOnce(validationTasks(plan, context), signal);
  if (signal.aborted)
    throw new UserError("Interrupted before all checks had ended: nothing is left running; run it again.");
  const required = plan.validation.passShare;
  const report: Report = { environment: plan.name, at, results, verdict: verdict(results, required) };
  if (!watching) return report;
  return { ...report, watch: await watchOn(plan, context, results, signal) };
}

async function lookOnce(tasks: readonly Task[], signal: AbortSignal): Promise<Result[]> {
  const view =
    process.stderr.isTTY && process.env.CI === undefined ? liveProgress(tasks) : plainProgress(write);
  try {
    return await runTasks(tasks, signal, view.emit);
  } finally {
    await view.end();
  }
}

function watchOn(
  plan: ValidationPlan,
  context: ValidationContext,
  before: readonly Result[],
  signal: AbortSignal,
): Promise<WatchSummary> {
  const { duration, period } = plan.validation.watch;
  write(`watching for ${Math.round(duration / 60)} minutes, every ${period} s`);
  const tasks = watchTasks(plan, context);
  write(`${tasks.length} tasks in each round; the preflight runs by itself every few minutes`);
  return watch({
    duration,
    period,
    required: plan.validation.passShare,
    clock: context.clock,
    signal,
    look: (stop) => runTasks(tasks, stop, () => {}),
    emit: (event) => write(eventLine(event)),
    before,
  });
}

function eventLine(event: WatchEvent): string {
  const time = clockTime(event.at);
  switch (event.kind) {
    case "degraded":
      return `${time} degraded: ${event.result.category}: ${event.result.subject}: ${event.result.why} (${event.result.fault}; docs/runbook.md#${event.result.symptom})`;
    case "recovered":
      return `${time} recovered after ${Math.round(event.after)} s: ${event.result.category}: ${event.result.subject}`;
    case "could-not-look":
      return `${time} could not check: ${event.why}`;
    case "round":
      return `${time} round ${event.round}: ${event.verdict.why}`;
  }
}
