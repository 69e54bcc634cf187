import process from "node:process";
import { Command } from "commander";
import { exitCodesOf, runCommand, today } from "./command.ts";
import { project } from "./project.ts";
import { synthCommand } from "./synth/command.ts";

interface Options {
  readonly output: string;
  readonly quiet?: true;
  readonly report?: true;
}

export const program = exitCodesOf(new Command("synth"))
  .description("Synthesizes the environments, checks them, and writes them only where there is no error.")
  .argument("[environment...]", "names of environments (default: PLATFORM_ENVIRONMENTS, or all of them)")
  .option("-o, --output <folder>", "where the Terraform JSON goes", process.env.CDKTF_OUTDIR ?? "cdktf.out")
  .option("-q, --quiet", "print only findings and waivers")
  .option("--report", "write the page of each environment, also where nothing has changed")
  .addHelpText("after", "\nExit codes: 0 fine, 1 something was refused, 2 usage error.")
  .action((names: string[], { output, quiet, report }: Options) =>
    runCommand(() =>
      synthCommand({
        project: project(),
        environments: names.length > 0 ? names : namesInEnvironment(),
        output,
        quiet: quiet === true,
        report: report === true,
        today: today(),
      }),
    ),
  );

/** PLATFORM_ENVIRONMENTS: names, separated by commas. */
function namesInEnvironment(): string[] {
  return (process.env.PLATFORM_ENVIRONMENTS ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}
