import process from "node:process";
import { Command } from "commander";
import { synthCommand } from "./commands/synth/command.ts";

const program = new Command("synth")
  .description("Synthesizes the environments, checks them, and writes them only where there is no error.")
  .argument("[environment...]", "names of environments (default: PLATFORM_ENVIRONMENTS, or all of them)")
  .option("-o, --output <folder>", "where the Terraform JSON goes", process.env.CDKTF_OUTDIR ?? "cdktf.out")
  .option("-q, --quiet", "print only findings and waivers")
  .addHelpText("after", "\nExit codes: 0 fine, 1 something was refused, 2 usage error.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program.parse();
const options = program.opts<{ output: string; quiet?: true }>();
const fromEnvironment = (process.env.PLATFORM_ENVIRONMENTS ?? "")
  .split(",")
  .map((name) => name.trim())
  .filter(Boolean);

process.exitCode = await synthCommand({
  root: import.meta.dirname,
  environments: program.args.length > 0 ? program.args : fromEnvironment,
  output: options.output,
  quiet: options.quiet === true,
  today: new Date().toISOString().slice(0, 10),
});
