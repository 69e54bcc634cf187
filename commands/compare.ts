import { Command, Option } from "commander";
import { compareEnvironments } from "../platform/comparison.ts";
import { UserError } from "../platform/user-error.ts";
import { jsonText } from "../reporting/escape.ts";
import { environmentNames } from "../synthesis/load-environments.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { comparisonMarkdown, comparisonText } from "./compare/formatted.ts";
import { environmentsFolder } from "./project.ts";

export const program = exitCodesOf(new Command("compare"))
  .description(
    "Lists the numbers that differ between two environments, and whether each difference is declared.",
  )
  .argument("<environment>", "name of an environment")
  .argument("<other>", "name of another one")
  .addOption(
    new Option("--format <format>", "how to report").choices(["text", "json", "markdown"]).default("text"),
  )
  .addHelpText(
    "after",
    "\nExit codes: 0 every difference is by nature or declared, 1 some are not, 2 usage error.",
  )
  .action((left: string, right: string, { format }: { readonly format: string }) =>
    runCommand(() => main(left, right, format)),
  );

async function main(left: string, right: string, format: string): Promise<number> {
  if (left === right)
    throw new UserError(`An environment cannot be compared with itself: name another one than ${left}.`);
  const environments = [await oneEnvironment(left), await oneEnvironment(right)] as const;
  const known = environmentNames(environmentsFolder());
  for (const { name, differences } of environments) {
    for (const { from } of differences) {
      if (known.includes(from) && from !== name) continue;
      throw new UserError(
        `environments/${name}.ts declares differences from "${from}", which is no other environment. Known environments: ${known.join(", ")}.`,
      );
    }
  }
  const comparison = compareEnvironments(...environments);
  if (format === "json") console.log(jsonText(comparison));
  else console.log(format === "markdown" ? comparisonMarkdown(comparison) : comparisonText(comparison));
  return comparison.differences.some(({ standing }) => standing === "undeclared") ? 1 : 0;
}
