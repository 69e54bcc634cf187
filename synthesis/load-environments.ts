import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { isMeshInput, parseEnvironment, parseMeshEnvironment } from "../platform/environment.ts";
import { formatIssue, type ReportedIssue } from "../platform/issue.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { type AnyEnvironment, isMesh, type MeshEnvironment } from "../platform/schema/mesh.ts";
import { UserError } from "../platform/user-error.ts";
import { nearest, suggestion } from "../values/nearest.ts";
import { collisions, type EnvironmentInput } from "./collisions.ts";
import type { EnvironmentIssues } from "./environment-issues.ts";
import { plainNumbers } from "./plain-numbers.ts";

export interface LoadedEnvironments {
  /** Those on Cloud Run without issues, of their own or with others. */
  readonly environments: readonly Environment[];
  /** Those behind Istio without issues. */
  readonly meshes: readonly MeshEnvironment[];
  readonly issues: readonly EnvironmentIssues[];
}

/**
 * Names of all environments: their files' names, in alphabetical order.
 *
 * @throws UserError where there is no environment
 */
export function environmentNames(folder: string): string[] {
  const names = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.startsWith("."))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
  if (names.length > 0) return names;
  throw new UserError(
    `There is no environment in ${path.relative(process.cwd(), folder) || "."}: "npm run new -- environment NAME" writes one.`,
  );
}

/**
 * Loads and validates environments, each also against all others: what two of them claim is an issue of the copy.
 *
 * @param folder the environments folder
 * @param chosen their names; all of them where empty
 * @param today YYYY-MM-DD, against which waivers expire
 * @throws UserError where a name is unknown or a file cannot be loaded
 */
export async function loadEnvironments(
  folder: string,
  chosen: readonly string[],
  today: string,
): Promise<LoadedEnvironments> {
  const known = environmentNames(folder);
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const wrong = unknown.map((name) => `"${name}" (${suggestion(name, known)})`).join(", ");
    throw new UserError(`There is no environment ${wrong}. Known environments: ${known.join(", ")}.`);
  }
  const environments: Environment[] = [];
  const meshes: MeshEnvironment[] = [];
  const issues: EnvironmentIssues[] = [];
  const unreadable: string[] = [];
  const inputs: EnvironmentInput[] = [];
  const isChosen = (name: string): boolean => chosen.length === 0 || chosen.includes(name);
  for (const name of known) {
    try {
      const input = await readEnvironment(folder, name);
      inputs.push({ name, input });
      if (!isChosen(name)) continue;
      const parsed = isMeshInput(input)
        ? parseMeshEnvironment(name, input, today)
        : parseEnvironment(name, input, today);
      const wrong = [
        ...plainNumbers(readFileSync(path.join(folder, `${name}.ts`), "utf8")),
        ...(parsed.ok ? await unknownRules(parsed.environment) : parsed.issues),
      ];
      if (wrong.length > 0) issues.push({ environment: name, issues: wrong });
      else if (!parsed.ok) continue;
      else if (isMesh(parsed.environment)) meshes.push(parsed.environment);
      else environments.push(parsed.environment);
    } catch (error) {
      // One that nobody asked for keeps no other from its work.
      if (isChosen(name)) unreadable.push(messageOf(error));
    }
  }
  if (unreadable.length > 0) {
    const wrong = issues.flatMap((found) =>
      found.issues.map((issue) => `${found.environment}: ${formatIssue(issue)}`),
    );
    throw new UserError([...unreadable, ...wrong].join("\n"));
  }
  const colliding = collisions(inputs, chosen).filter(({ environment }) => isChosen(environment));
  const isAlone = ({ name }: { readonly name: string }): boolean =>
    !colliding.some(({ environment }) => environment === name);
  return {
    environments: environments.filter(isAlone),
    meshes: meshes.filter(isAlone),
    issues: [...issues, ...colliding],
  };
}

function messageOf(error: unknown): string {
  return error instanceof UserError
    ? error.message
    : `An environment cannot be validated: ${String(error).split("\n")[0]}`;
}

/** Waivers of rules that do not exist, which would cover nothing. */
async function unknownRules({ waivers }: AnyEnvironment): Promise<ReportedIssue[]> {
  if (waivers.length === 0) return [];
  // Loaded here only: most environments have no waiver, and the rule book takes longer to load than all of them.
  const { ruleTexts } = await import("../rules/texts.ts");
  const ids = ruleTexts.map(({ id }) => id);
  return waivers.flatMap(({ rule }, index) => {
    if (ids.includes(rule)) return [];
    const meant = nearest(rule, ids);
    return [
      {
        path: `waivers[${index}].rule`,
        value: JSON.stringify(rule),
        allowed: "there is no such rule",
        fix: meant === undefined ? "docs/RULES.md lists all of them" : `did you mean "${meant}"?`,
      },
    ];
  });
}

async function readEnvironment(folder: string, name: string): Promise<unknown> {
  const file = `environments/${name}.ts`;
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(path.join(folder, `${name}.ts`)).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    const place = placeOf(error, folder, `${name}.ts`);
    throw new UserError(
      place === undefined
        ? `${file} cannot be loaded: ${reason}. Run "npm run typecheck" to see where.`
        : `${file} cannot be loaded: ${reason} (${place}).`,
    );
  }
  if (!("environment" in module)) {
    throw new UserError(
      `${file} exports no "environment": write "export const environment = defineEnvironment({ ... })".`,
    );
  }
  return module.environment;
}

/** "line 12", or "environments/shared/hosts.ts, line 12" of an imported file, as Node says it in an error's stack. */
function placeOf(error: unknown, folder: string, own: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const [, file = "", line] of stack.matchAll(/(?:file:\/\/)?(\/[^\s()?]+?\.ts)(?:\?[^\s:]*)?:(\d+)/g)) {
    const within = path.relative(folder, file);
    if (within === own) return `line ${line}`;
    if (!within.startsWith("..")) return `environments/${within}, line ${line}`;
  }
  return undefined;
}
