import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../platform/user-error.ts";
import type { Rule } from "../rules/rule.ts";
import { isRecord } from "../values/is-record.ts";
import { importModule } from "./import-module.ts";

/**
 * Rules of a team: what the modules of a folder (`*.mjs`, `*.cjs`, `*.js`, `*.ts`) export that has the shape of a rule. This runs
 * their code, so the folder comes from the command line and never from what is verified.
 *
 * @throws UserError where the folder has none, or an id is taken
 */
export async function ownRules(folder: string, cwd: string, known: readonly Rule[]): Promise<Rule[]> {
  const found: Rule[] = [];
  for (const name of namesIn(folder, cwd)) {
    const file = path.join(path.resolve(cwd, folder), name);
    const exported = await importModule(pathToFileURL(file).href);
    const rules = Object.values(exported).flat().filter(isRule);
    if (rules.length === 0)
      throw new UserError(
        `${path.join(folder, name)} exports no rule: an object with id, why, limit, fix, source and check(graph).`,
      );
    found.push(...rules);
  }
  for (const [index, { id }] of found.entries()) {
    if (!/^[\w-]+\/[\w-]+$/.test(id))
      throw new UserError(
        `The rule "${id}" of ${folder} has no id of the form FAMILY/NAME, for example "acme/labels".`,
      );
    if ([...known, ...found.slice(0, index)].some((other) => other.id === id))
      throw new UserError(`The rule ${id} of ${folder} exists already: give it an id of its own.`);
  }
  return found;
}

function namesIn(folder: string, cwd: string): string[] {
  try {
    const names = readdirSync(path.resolve(cwd, folder)).filter((name) =>
      /(?<!\.d)\.(?:[cm]?js|ts)$/.test(name),
    );
    if (names.length > 0) return names.sort();
  } catch {
    throw new UserError(`The folder of rules ${folder} does not exist.`);
  }
  throw new UserError(`The folder ${folder} has no rule: no *.mjs, *.cjs, *.js or *.ts.`);
}

function isRule(value: unknown): value is Rule {
  return (
    isRecord(value) &&
    typeof value.check === "function" &&
    ["id", "why", "limit", "fix", "source"].every((key) => typeof value[key] === "string")
  );
}
