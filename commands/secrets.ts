import { Command } from "commander";
import { type SecretDuty, secretDuties } from "../delivery/secrets-checklist.ts";
import { type VersionState, versionStates } from "../google/secret-versions.ts";
import { platformPlan } from "../platform/plan.ts";
import { plural } from "../values/words.ts";
import { colors } from "./colors.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { google } from "./google.ts";

/** Milliseconds for all requests, retries included. */
const DEADLINE = 60_000;

export const program = exitCodesOf(new Command("secrets"))
  .description(
    "Lists the secret versions of an environment that still have to be added by hand, with the commands.",
  )
  .argument("<environment>", "name of the environment")
  .option("--all", "print the command of every secret, without asking Google")
  .addHelpText(
    "after",
    "\nExit codes: 0 none is missing, 1 some are missing, 2 could not check or usage error.",
  )
  .action((name: string, { all }: { readonly all?: true }) => runCommand(() => main(name, all === true)));

async function main(name: string, all: boolean): Promise<number> {
  const plan = platformPlan(await oneEnvironment(name));
  const duties = secretDuties(plan);
  if (duties.length === 0) {
    console.log(`${name} has no secrets.`);
    return 0;
  }
  const states = all ? duties.map(() => "missing" as const) : await ask(duties);
  const open = duties.filter((_, index) => states[index] !== "enabled");
  for (const [index, { name: id, project, version, command, when }] of duties.entries()) {
    const secret = project === plan.project ? id : `${id} of project ${project},`;
    const state = states[index] ?? "missing";
    if (state === "enabled") console.log(`${colors.green("there")}    ${secret} version ${version}`);
    else
      console.log(
        [
          `${colors.yellow(all ? "add" : state)}  ${secret} version ${version} (${when})`,
          `         ${command}`,
        ].join("\n"),
      );
  }
  if (all) return 0;
  console.log(
    open.length === 0
      ? `\nAll ${duties.length} secrets have a version.`
      : `\n${plural(open.length, "secret")} of ${duties.length} still to add.`,
  );
  return open.length === 0 ? 0 : 1;
}

async function ask(duties: readonly SecretDuty[]): Promise<VersionState[]> {
  const { api, endpoints } = google();
  return versionStates(api, endpoints.secretManager, duties, AbortSignal.timeout(DEADLINE));
}
