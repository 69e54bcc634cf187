import { withFieldRules } from "./field-rules.ts";
import { crossResourceRules } from "./registry.ts";
import type { Rule } from "./rule.ts";

/** The rule book: every rule of every family, those that the catalogue of resource types declares included. */
export const ruleBook: readonly Rule[] = withFieldRules(crossResourceRules);

/** The rules of one family: "address", "time" ... */
export function rulesOf(family: string): readonly Rule[] {
  return ruleBook.filter(({ id }) => id.startsWith(`${family}/`));
}

/** @throws Error where there is no such rule */
export function ruleById(id: string): Rule {
  const rule = ruleBook.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}
