import process from "node:process";
import { Command, Option } from "commander";
import { writeLog } from "../google/write-log.ts";
import type { AnyEnvironment } from "../platform/schema/mesh.ts";
import { jsonLine, jsonText } from "../reporting/escape.ts";
import { findDrift, hasDrift } from "../review/drift/find-drift.ts";
import { type DriftEntry, driftEntries } from "../review/drift/log-entries.ts";
import { driftMarkdown } from "../review/drift/markdown.ts";
import { type DriftReport, driftExitCode } from "../review/drift/report.ts";
import { driftText } from "../review/drift/text.ts";
import type { RolloutSummary } from "../review/serving/not-serving-latest.ts";
import { rolloutState } from "../rollout-adapters/rollout-state.ts";
import { withVariables } from "../rollout-adapters/stable-variables.ts";
import { findTerraform, type Terraform } from "../terraform/binary.ts";
import { Interrupt } from "../terraform/interrupt.ts";
import { type PlanOutcome, planStacks, withPlanFolder } from "../terraform/plan-stacks.ts";
import type { StackFolder } from "../terraform/stack-folders.ts";
import { exitCodesOf, oneOfAny, runCommand, today } from "./command.ts";
import { google } from "./google.ts";
import { googleContext } from "./google-context.ts";

interface Options {
  readonly format: "text" | "json" | "markdown";
  readonly output: string;
  readonly cloudLogging?: true;
}

/** Log that alerts are based on. */
const LOG = "infrastructure-drift";

/** Milliseconds for all entries, retries included. */
const DEADLINE = 60_000;

export const program = exitCodesOf(new Command("drift"))
  .description(
    "Reports changes made outside the code, what they break and what to do, and which service does not serve what is declared.",
  )
  .argument("<environment>", "name of the environment")
  .addOption(
    new Option("--format <format>", "how to report").choices(["text", "json", "markdown"]).default("text"),
  )
  .option("--cloud-logging", `write the same entries to the log ${LOG} of the project, for alerts`)
  .option("-o, --output <folder>", "where the Terraform JSON goes", process.env.CDKTF_OUTDIR ?? "cdktf.out")
  .addHelpText(
    "after",
    [
      "",
      "Nothing is changed, and no state is locked. For alerting, one line of JSON for each drift goes to standard error",
      "where that is not a terminal.",
      "",
      "Exit codes: 0 none, 1 drift or a revision that does not serve, 2 could not check (one stack is enough; the drift of the others is reported) or usage error.",
    ].join("\n"),
  )
  .action((name: string, options: Options) => runCommand(() => main(name, options)));

async function main(name: string, options: Options): Promise<number> {
  const terraform = await findTerraform(process.env);
  const environment = await oneOfAny(name);
  // Needs credentials, and is asked before the synth, which takes longer.
  const { values, known } = await rolloutState(environment, googleContext(environment), options.output);
  // Loaded here only: cdktf takes longer to load than everything before it.
  const { synthesizedStacks } = await import("./synth/synthesized.ts");
  const stacks = withVariables(environment, await synthesizedStacks(environment, options.output), values);
  const report = await look(terraform, { environment, stacks }, known);
  const entries = driftEntries(report);
  for (const entry of process.stderr.isTTY === true ? [] : entries) console.error(jsonLine(entry));
  const code = driftExitCode(report, stacks.length);
  if (options.format === "json") console.log(jsonText({ ...report, exitCode: code }));
  else console.log(options.format === "markdown" ? driftMarkdown(report) : driftText(report).join("\n"));
  if (options.cloudLogging === true) await alert(entries, environment.project);
  return code;
}

/** Without entries an alert would read as "no drift": entries that cannot be written are an error. */
async function alert(entries: readonly DriftEntry[], project: string): Promise<void> {
  if (entries.length === 0) return;
  const { api, endpoints } = google();
  const endpoint = endpoints.logging;
  await writeLog(api, { project, name: LOG, endpoint }, entries, AbortSignal.timeout(DEADLINE));
}

async function look(
  terraform: Terraform,
  { environment, stacks }: { readonly environment: AnyEnvironment; readonly stacks: readonly StackFolder[] },
  rollouts: RolloutSummary,
): Promise<DriftReport> {
  const interrupt = new Interrupt();
  try {
    return await withPlanFolder(async (work) => {
      const plan = (of: typeof stacks, mode: "normal" | "refresh-only"): Promise<PlanOutcome> =>
        planStacks(terraform, of, { work, interrupt, mode });
      const refreshed = await plan(stacks, "refresh-only");
      const changed = refreshed.planned.filter((stack) => hasDrift(stack.name, stack.plan));
      // What a deployment would do about it; where that cannot be planned, the drift is reported nevertheless.
      const deployments = await plan(changed, "normal");
      const planOf = new Map(deployments.planned.map((stack) => [stack.name, stack.plan]));
      return findDrift({
        environment,
        stacks: refreshed.planned.map((stack) => ({
          name: stack.name,
          refreshed: stack.plan,
          plan: planOf.get(stack.name),
        })),
        failed: refreshed.failed.map(({ stack, sentence }) => ({ stack, why: sentence })),
        rollouts,
        today: today(),
      });
    });
  } finally {
    interrupt.release();
  }
}
