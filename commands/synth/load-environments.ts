import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { formatPath, parseEnvironment } from "../../platform/environment.ts";
import { formatMistake, type Mistake } from "../../platform/mistake.ts";
import { suggestion } from "../../platform/nearest.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { UserError } from "../../platform/sentence.ts";

/** What is wrong in which environment file. */
export interface EnvironmentMistakes {
  readonly environment: string;
  readonly mistakes: readonly Mistake[];
}

export interface LoadedEnvironments {
  /** Those without a mistake. */
  readonly environments: readonly Environment[];
  readonly mistakes: readonly EnvironmentMistakes[];
}

/** Names of all environments: their files' names, in alphabetical order. */
export function environmentNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.startsWith("."))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}

/**
 * Loads and judges environments.
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
  const mistakes: EnvironmentMistakes[] = [];
  const unreadable: string[] = [];
  for (const name of known.filter((name) => chosen.length === 0 || chosen.includes(name))) {
    try {
      const parsed = parseEnvironment(name, await readEnvironment(folder, name), today);
      if (parsed.ok) environments.push(parsed.environment);
      else mistakes.push({ environment: name, mistakes: parsed.mistakes });
    } catch (error) {
      unreadable.push(messageOf(error));
    }
  }
  if (unreadable.length > 0) {
    const wrong = mistakes.flatMap((found) =>
      found.mistakes.map((mistake) => `${found.environment}: ${formatMistake(mistake)}`),
    );
    throw new UserError([...unreadable, ...wrong].join("\n"));
  }
  return { environments, mistakes: [...mistakes, ...collisions(environments)] };
}

function messageOf(error: unknown): string {
  return error instanceof UserError
    ? error.message
    : `An environment cannot be judged: ${String(error).split("\n")[0]}`;
}

async function readEnvironment(folder: string, name: string): Promise<unknown> {
  const file = `environments/${name}.ts`;
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(path.join(folder, `${name}.ts`)).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new UserError(`${file} cannot be loaded: ${reason}. Run "npm run typecheck" to see where.`);
  }
  if (!("environment" in module)) {
    throw new UserError(
      `${file} exports no "environment": write "export const environment = defineEnvironment({ ... })".`,
    );
  }
  return module.environment;
}

/** Two environments that would fight over one thing: a project and prefix, or a public host. */
function collisions(environments: readonly Environment[]): EnvironmentMistakes[] {
  const found: EnvironmentMistakes[] = [];
  const owners = new Map<string, string>();
  const claim = (environment: Environment, key: string, mistake: (owner: string) => Mistake): void => {
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, environment.name);
    else if (owner !== environment.name)
      found.push({ environment: environment.name, mistakes: [mistake(owner)] });
  };
  for (const environment of environments) {
    claim(environment, `project ${environment.project}`, (owner) => ({
      path: "project",
      value: `"${environment.project}"`,
      allowed: `environment "${owner}" lives in this project, and one project holds one environment`,
      fix: "give each environment its own project",
    }));
    claim(environment, `prefix ${environment.prefix}`, (owner) => ({
      path: "prefix",
      value: `"${environment.prefix}"`,
      allowed: `the stacks of environment "${owner}" have this prefix`,
      fix: "give each environment its own prefix",
    }));
    environment.services.forEach((service, index) => {
      service.exposure.forEach(({ host }, position) => {
        claim(environment, `host ${host}`, (owner) => ({
          path: formatPath(["services", index, "exposure", position, "host"], environment),
          value: `"${host}"`,
          allowed: `environment "${owner}" serves this host, and DNS can lead to one of them only`,
          fix: "give each environment its own hosts",
        }));
      });
    });
  }
  return found;
}
