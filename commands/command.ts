import path from "node:path";
import process from "node:process";
import type { Command } from "commander";
import { formatMistake } from "../platform/mistake.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { UserError } from "../platform/sentence.ts";
import { colors } from "./colors.ts";
import { loadEnvironments } from "./synth/load-environments.ts";

/** Folder of the project. */
export const ROOT = path.join(import.meta.dirname, "..");

/** Today as YYYY-MM-DD (UTC), against which waivers and acknowledgements expire. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** Wrong options are wrong use, exit code 2; `--help` is not. */
export function exitCodesOf(command: Command): Command {
  return command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}

/** Runs a command: its number is the exit code, and a mistake of the user's is one sentence and exit code 2. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(colors.red(error.message));
    process.exitCode = 2;
  }
}

/**
 * One environment by its name.
 *
 * @throws UserError where there is none of that name, or its file has mistakes; they all stand in the sentence
 */
export async function oneEnvironment(name: string): Promise<Environment> {
  const { environments, mistakes } = await loadEnvironments(path.join(ROOT, "environments"), [name], today());
  const [environment] = environments;
  if (environment !== undefined) return environment;
  const lines = mistakes.flatMap((found) => found.mistakes.map(formatMistake));
  throw new UserError(
    [`environments/${name}.ts has mistakes:`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}
