import type { Colors } from "picocolors/types.js";
import { UserError } from "../../platform/user-error.ts";
import { exampleOf } from "../../rules/examples.ts";
import type { RuleText } from "../../rules/waivers.ts";
import { nearest } from "../../values/nearest.ts";

/**
 * Why the rule exists, its limit, source, fix and an example.
 *
 * @throws UserError where there is no such rule, with the nearest one
 */
export function explain(id: string, rules: readonly RuleText[], colors: Colors): string {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new UserError(unknownRule(id, rules));
  const entry = (title: string, text: string): string => `${colors.bold(title.padEnd(8))}${text}`;
  return [
    colors.bold(colors.cyan(rule.id)),
    "",
    entry("Why", rule.why),
    entry("Limit", rule.limit),
    entry("Fix", rule.fix),
    entry("Source", rule.source),
    "",
    colors.bold("Reported, for example"),
    ...exampleOf(rule.id)
      .text.split("\n")
      .map((line) => `    ${line}`.trimEnd()),
  ].join("\n");
}

/** One sentence on a rule id that does not exist. */
export function unknownRule(id: string, rules: readonly RuleText[]): string {
  const ids = rules.map((rule) => rule.id);
  const family = ids.filter((candidate) => candidate.startsWith(`${id.replace(/\/.*/, "")}/`));
  const close = nearest(id, ids);
  if (close !== undefined) return `There is no rule "${id}": did you mean "${close}"?`;
  if (family.length > 0) return `There is no rule "${id}"; of that family there are ${family.join(", ")}.`;
  const families = [...new Set(ids.map((candidate) => candidate.replace(/\/.*/, "")))].sort();
  return `There is no rule "${id}"; the families are ${families.join(", ")}.`;
}
