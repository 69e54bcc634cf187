import process from "node:process";
import type { Command } from "commander";
import { formatIssue } from "../platform/issue.ts";
import type { Environment } from "../platform/schema/environment.ts";
import type { AnyEnvironment, MeshEnvironment } from "../platform/schema/mesh.ts";
import { UserError } from "../platform/user-error.ts";
import { printableLines } from "../reporting/escape.ts";
import { colors } from "./colors.ts";
import { environmentsFolder } from "./project.ts";

/** Today as YYYY-MM-DD (UTC), against which waivers and acknowledgements expire. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** Invalid options are a usage error, exit code 2; `--help` is not. */
export function exitCodesOf(command: Command): Command {
  return command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}

/**
 * Runs a command: its result is the exit code; a UserError is one sentence and exit code 2. So is any other error, which is a defect of this program:
 * exit code 1, which Node would give, says that the work was done and something was found.
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof UserError)) return failed(error);
    console.error(colors.red(printableLines(error.message)));
    process.exitCode = 2;
  }
}

/** Ends at once: nothing that is still open is waited for. */
function failed(error: unknown): never {
  const trace = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  console.error(
    printableLines(`The command itself failed; please report it with what it was started on:\n${trace}`),
  );
  process.exit(2);
}

/**
 * One environment on Cloud Run by its name.
 *
 * @throws UserError where there is none of that name, or its file is invalid; the message lists every issue
 */
export async function oneEnvironment(name: string): Promise<Environment> {
  const environment = await oneOfAny(name);
  if (!("mesh" in environment)) return environment;
  throw new UserError(`${name} is an environment behind Istio, and this command is for those on Cloud Run.`);
}

/** One environment behind Istio by its name; otherwise as `oneEnvironment`. */
export async function oneMesh(name: string): Promise<MeshEnvironment> {
  const environment = await oneOfAny(name);
  if ("mesh" in environment) return environment;
  throw new UserError(`${name} is an environment on Cloud Run, and this command is for those behind Istio.`);
}

/** One environment of either kind by its name; otherwise as `oneEnvironment`. */
export async function oneOfAny(name: string): Promise<AnyEnvironment> {
  // Loaded here only: some commands need no environment, and schema and budgets take longer to load than all else.
  const { loadEnvironments } = await import("../synthesis/load-environments.ts");
  const { environments, meshes, issues } = await loadEnvironments(environmentsFolder(), [name], today());
  const [environment] = [...environments, ...meshes];
  if (environment !== undefined) return environment;
  const lines = issues.flatMap((found) => found.issues.map(formatIssue));
  throw new UserError(
    [`environments/${name}.ts has issues:`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}
