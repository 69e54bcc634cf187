import process from "node:process";
import { Command, InvalidArgumentError, Option } from "commander";
import { jsonText, printable, printableLines } from "../reporting/escape.ts";
import { lastChange } from "../review/plan/last-change.ts";
import { planFiles } from "../review/plan/plan-files.ts";
import { reviewMarkdown } from "../review/report/markdown.ts";
import { reviewText } from "../review/report/text.ts";
import type { Review } from "../review/review.ts";
import { type Comparison, comparePlans } from "../review/review-plans.ts";
import { colors } from "./colors.ts";
import { exitCodesOf, oneOfAny, runCommand, today } from "./command.ts";
import { project } from "./project.ts";
import { writeReport } from "./report-file.ts";
import { type PlannedEnvironment, planEnvironment } from "./review/plan-environment.ts";

interface Options {
  readonly plan: readonly string[];
  readonly format: "markdown" | "json" | "text";
  readonly output?: string;
  readonly html?: string;
  readonly htmlLink?: string;
}

export const program = exitCodesOf(new Command("review"))
  .description(
    "Explains what the plans of an environment would do: impact, destroyed resources, costs and broken rules.",
  )
  .argument("<environment>", "name of the environment")
  .option(
    "-p, --plan <file>",
    "a plan made by `terraform show -json`, or STACK=FILE; repeatable (default: plan every stack)",
    (file: string, files: readonly string[]) => [...files, file],
    [] as readonly string[],
  )
  .addOption(
    new Option("--format <format>", "how to report")
      .choices(["markdown", "json", "text"])
      .default("markdown"),
  )
  .option("-o, --output <file>", "write the report there and print the verdict alone")
  .option("--html <file>", "write also a page that shows the change on the topology")
  .option("--html-link <url>", "where that page will be found; the Markdown links to it", webAddress)
  .addHelpText(
    "after",
    [
      "",
      "The Markdown fits into one comment of a pull request and begins with a marker that identifies it.",
      "",
      "Exit codes: 0 safe or acknowledged, 1 needs acknowledgement or refused, 2 could not plan, usage error, or plans",
      "that are older than the code or another environment's (they are reviewed all the same).",
    ].join("\n"),
  )
  .action((name: string, options: Options) => runCommand(() => main(name, options)));

async function main(name: string, options: Options): Promise<number> {
  const planned =
    options.plan.length > 0 ? await given(name, options.plan) : await planEnvironment(name, progress);
  if (planned === undefined) return 1;
  const { environment, stacks, planWarnings, hasFailed, rollouts } = planned;
  const comparison = comparePlans({ environment, stacks, today: today(), planWarnings, rollouts });
  const { review } = comparison;
  for (const warning of planWarnings) console.error(colors.red(printable(warning)));
  const code = hasFailed || planWarnings.length > 0 ? 2 : review.verdict === "safe" ? 0 : 1;
  if (options.html !== undefined) await writePage(options.html, comparison);
  write(formatted(review, options, code), review, options.output);
  return code;
}

async function given(name: string, plans: readonly string[]): Promise<PlannedEnvironment> {
  const environment = await oneOfAny(name);
  return {
    environment,
    ...(await planFiles(plans, environment, lastChange(project().folder, name))),
    hasFailed: false,
  };
}

async function writePage(file: string, comparison: Comparison): Promise<void> {
  // Loaded here only: layout and bundling cost more than the review.
  const { changeDrawing, reviewData } = await import("../page/review-data.ts");
  const { pageText } = await import("../page/write.ts");
  const { environment } = comparison.review;
  const drawing = changeDrawing(comparison);
  const html = await pageText(`Change of ${environment}`, reviewData(comparison, today()), drawing, {
    redact: comparison.redact,
  });
  writeReport(file, html);
}

function webAddress(text: string): string {
  if (!/^https:\/\/[^\s()<>]+$/.test(text))
    throw new InvalidArgumentError('Write an https:// address, for example "https://ci.example.com/runs/1".');
  return text;
}

function formatted(review: Review, { format, htmlLink }: Options, exitCode: number): string {
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
