import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodesOf } from "./command.ts";
import { isChild, isTimeLimit, REVIEW, runInChild } from "./in-child.ts";
import type { ReviewOptions } from "./review/reviewed.ts";

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
  .option(
    "--base <folder>",
    "plan only stacks that differ from those synthesized there, and the stacks after them (default: plan every stack)",
  )
  .option("-o, --output <file>", "write the report there and print the verdict alone")
  .option("--html <file>", "write also a page that shows the change on the topology")
  .option("--html-link <url>", "where that page will be found; the Markdown links to it", webAddress)
  .option(
    "--time-limit <seconds>",
    "end the run after this time, counted from where the plans are made (default: 300)",
    seconds,
  )
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
  .action(start);

/** Plans hold what strangers wrote: they are read in a process that can be ended. */
async function start(environment: string, options: ReviewOptions): Promise<void> {
  if (!isChild) return runInChild(REVIEW);
  const { reviewed } = await import("./review/reviewed.ts");
  await reviewed(environment, options);
}

function webAddress(text: string): string {
  if (!/^https:\/\/[^\s()<>]+$/.test(text))
    throw new InvalidArgumentError('Write an https:// address, for example "https://ci.example.com/runs/1".');
  return text;
}

function seconds(text: string): number {
  const number = Number(text);
  if (isTimeLimit(number)) return number;
  throw new InvalidArgumentError("Write 1 to 86400 seconds, for example 600.");
}
