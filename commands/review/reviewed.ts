import process from "node:process";
import { UserError } from "../../platform/user-error.ts";
import { jsonText, printable, printableLines } from "../../reporting/escape.ts";
import { lastChange } from "../../review/plan/last-change.ts";
import { planFiles } from "../../review/plan/plan-files.ts";
import { reviewMarkdown } from "../../review/report/markdown.ts";
import { reviewText } from "../../review/report/text.ts";
import type { Review } from "../../review/review.ts";
import { type Comparison, comparePlans } from "../../review/review-plans.ts";
import { colors } from "../colors.ts";
import { oneOfAny, runCommand, today } from "../command.ts";
import { startTimeLimit } from "../in-child.ts";
import { project } from "../project.ts";
import { writeReport } from "../report-file.ts";
import { type PlannedEnvironment, planEnvironment } from "./plan-environment.ts";

export interface ReviewOptions {
  readonly plan: readonly string[];
  readonly format: "markdown" | "json" | "text";
  readonly output?: string;
  readonly html?: string;
  readonly htmlLink?: string;
  readonly base?: string;
}

/** Reviews given plans, or plans the environment first; prints the report and sets the exit code. */
export async function reviewed(name: string, options: ReviewOptions): Promise<void> {
  await runCommand(() => main(name, options).catch(inOneSentence));
}

async function main(name: string, options: ReviewOptions): Promise<number> {
  if (options.base !== undefined && options.plan.length > 0)
    throw new UserError(
      "--base chooses what is planned, and --plan names plans that are there: give one of them.",
    );
  const planned =
    options.plan.length > 0
      ? await given(name, options.plan)
      : await planEnvironment(name, progress, options.base);
  if (planned === undefined) return 1;
  startTimeLimit();
  const { environment, stacks, planWarnings, notPlanned, hasFailed, rollouts } = planned;
  const comparison = comparePlans({
    environment,
    stacks,
    today: today(),
    planWarnings,
    notPlanned,
    rollouts,
  });
  const { review } = comparison;
  for (const warning of planWarnings) console.error(colors.red(printable(warning)));
  const code = hasFailed || planWarnings.length > 0 ? 2 : review.verdict === "safe" ? 0 : 1;
  if (options.html !== undefined) await writePage(options.html, comparison);
  write(formatted(review, options, code), review, options.output);
  return code;
}

async function given(name: string, plans: readonly string[]): Promise<PlannedEnvironment> {
  const environment = await oneOfAny(name);
  startTimeLimit();
  return {
    environment,
    ...(await planFiles(plans, environment, lastChange(project().folder, name))),
    hasFailed: false,
  };
}

async function writePage(file: string, comparison: Comparison): Promise<void> {
  // Loaded here only: layout and bundling cost more than the review.
  const { changeDrawing, reviewData } = await import("../../page/review-data.ts");
  const { pageText } = await import("../../page/write.ts");
  const { environment } = comparison.review;
  const drawing = changeDrawing(comparison);
  const html = await pageText(`Change of ${environment}`, reviewData(comparison, today()), drawing, {
    redact: comparison.redact,
  });
  writeReport(file, html);
}

function formatted(review: Review, { format, htmlLink }: ReviewOptions, exitCode: number): string {
  if (format === "json") return `${jsonText({ ...review, exitCode })}\n`;
  return format === "text" ? `${reviewText(review).join("\n")}\n` : reviewMarkdown(review, htmlLink);
}

function write(report: string, { environment, verdict }: Review, output: string | undefined): void {
  if (output === undefined) {
    process.stdout.write(report);
    return;
  }
  writeReport(output, report);
  console.log(`${environment}: ${verdict} (${output})`);
}

/** On stderr, because the report may go into a pipe. */
function progress(line: string): void {
  console.error(printableLines(line));
}

/** What is no mistake of a person is a defect of this program: exit code 1 would say that the plans were reviewed. */
function inOneSentence(error: unknown): never {
  if (error instanceof UserError) throw error;
  const [reason] = String(error).split("\n");
  throw new UserError(`The review itself failed (${reason}): please report it together with the plans.`);
}
