import { Command, Option } from "commander";
import { InputError, readGraph } from "../graph/index.ts";
import { platformPlan } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { jsonText } from "../reporting/escape.ts";
import { adoptionOf } from "../review/adoption/adoption.ts";
import { adoptionText } from "./adopt/formatted.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";

export const program = exitCodesOf(new Command("adopt"))
  .description(
    "Proposes how an environment adopts existing resources, and reports where their numbers disagree with it.",
  )
  .argument("<environment>", "name of the environment")
  .requiredOption(
    "--from <path...>",
    "Terraform states (terraform.tfstate, or the output of terraform show -json) or folders of Terraform",
  )
  .addOption(new Option("--format <format>", "how to report").choices(["text", "json"]).default("text"))
  .addHelpText(
    "after",
    "\nNothing is changed, and no value of a secret is read.\nExit codes: 0 everything agrees, 1 something disagrees, 2 usage error or unreadable input.",
  )
  .action((name: string, { from, format }: { readonly from: string[]; readonly format: string }) =>
    runCommand(() => main(name, from, format)),
  );

async function main(name: string, paths: readonly string[], format: string): Promise<number> {
  const environment = await oneEnvironment(name);
  const graph = await readGraph(paths).catch((error: unknown) => {
    throw error instanceof InputError ? new UserError(error.message) : error;
  });
  if (graph.all().length === 0)
    throw new UserError(
      `${paths.join(", ")} holds no resources: give the state or configuration of what runs, for example the output of "terraform state pull".`,
    );
  const adoption = adoptionOf(platformPlan(environment), graph);
  console.log(format === "json" ? jsonText(adoption) : adoptionText(adoption));
  return adoption.disagreements.length + adoption.undecided.length === 0 ? 0 : 1;
}
