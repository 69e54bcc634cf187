import path from "node:path";
import { InputError, objectOf, own, parseJson, readGiven, refuseDuplicateKeys } from "../../graph/index.ts";
import { clusterContext } from "../../platform/mesh-plan.ts";
import { type AnyEnvironment, isMesh } from "../../platform/schema/mesh.ts";
import { UserError } from "../../platform/user-error.ts";
import type { PlannedStack } from "../review.ts";
import { noPlan } from "./plan-problem.ts";

/** A plan as a person names it: FILE, or STACK=FILE. */
interface PlanFile {
  readonly stack: string;
  readonly file: string;
}

/**
 * Reads plans made by `terraform show -json`. The stack name is given before `=`, else it is the file name.
 *
 * @param newest when the environment or the code changed last, in milliseconds
 * @returns the plans, and warnings: warnings: why one of them may not be what would be applied
 * @throws UserError with everything that is wrong with the files
 */
export async function planFiles(
  written: readonly string[],
  environment: AnyEnvironment,
  newest: number | undefined,
): Promise<{ readonly stacks: readonly PlannedStack[]; readonly planWarnings: readonly string[] }> {
  const files = written.map(planFile);
  const wrong: string[] = duplicates(files);
  const stacks: PlannedStack[] = [];
  const planWarnings: string[] = [];
  for (const { stack, file } of files) {
    try {
      const text = readGiven(file);
      const plan = parseJson(file, text);
      refuseDuplicateKeys(file, text, "make it again with `terraform show -json PLANFILE`");
      const problem = noPlan(plan);
      if (problem !== undefined) wrong.push(`${file}: ${problem}`);
      stacks.push({ name: stack, plan });
      const warning = wrongTarget(plan, environment) ?? tooOld(plan, newest, environment.name);
      if (warning !== undefined) planWarnings.push(`${file}: ${warning}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      wrong.push(/is not JSON/.test(error.message) ? `${error.message} ${REMEDY}` : error.message);
    }
  }
  if (wrong.length > 0) throw new UserError(wrong.join("\n"));
  return { stacks, planWarnings };
}

const REMEDY = "Make it with `terraform show -json PLANFILE`.";

function planFile(written: string): PlanFile {
  const [, name, rest] = /^([A-Za-z0-9][\w.-]*)=(.+)$/.exec(written) ?? [];
  if (name !== undefined && rest !== undefined) return { stack: name, file: rest };
  const stack = path.basename(written).replace(/(\.(json|plan|tfplan))+$/, "");
  return { stack: stack === "" ? written : stack, file: written };
}

function duplicates(files: readonly PlanFile[]): string[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ stack, file }) => {
    const other = seen.get(stack);
    seen.set(stack, file);
    return other === undefined
      ? []
      : [`${other} and ${file} are both named ${stack}: rename one with --plan NAME=${file}.`];
  });
}

/** A plan of another environment would be reviewed with the wrong acknowledgements. */
function wrongTarget(plan: unknown, environment: AnyEnvironment): string | undefined {
  const { name, project } = environment;
  const providers = objectOf(own(objectOf(own(objectOf(plan), "configuration")), "provider_config"));
  const written = (provider: string, setting: string): unknown => {
    const expressions = objectOf(own(objectOf(own(providers, provider)), "expressions"));
    return own(objectOf(own(expressions, setting)), "constant_value");
  };
  const inProject = written("google", "project");
  if (typeof inProject === "string" && inProject !== project)
    return `the plan is for project ${inProject}, and the environment ${name} is in ${project}; review it as its own environment.`;
  const context = written("kubernetes", "config_context");
  const cluster = isMesh(environment) ? clusterContext(environment) : undefined;
  return typeof context === "string" && context !== cluster
    ? `the plan is for the cluster ${context}, and ${cluster === undefined ? `the environment ${name} is on Cloud Run` : `the environment ${name} is deployed to ${cluster}`}; review it as its own environment.`
    : undefined;
}

/** A plan older than the code is not what would be applied. */
function tooOld(plan: unknown, newest: number | undefined, environment: string): string | undefined {
  const withoutNoise = own(objectOf(plan), "timestamp");
  const time = typeof withoutNoise === "string" ? Date.parse(withoutNoise) : Number.NaN;
  if (newest === undefined || Number.isNaN(time) || time >= newest) return undefined;
  return `the plan was made at ${withoutNoise}, and the environment or the code changed at ${new Date(newest).toISOString()}; plan again (or run \`npm run review -- ${environment}\`, which plans).`;
}
