import { UserError } from "../platform/user-error.ts";
import type { RuleText } from "../rules/rule.ts";
import { unknownRule } from "./report/explain.ts";

/** Rules by id ("address/overlap") or by family ("address"). */
export interface Selection {
  /** These alone; all of them where empty. */
  readonly only: readonly string[];
  /** And none of these. */
  readonly skip: readonly string[];
}

/** @throws UserError where a rule or family does not exist, with the nearest one */
export function checkSelection({ only, skip }: Selection, rules: readonly RuleText[]): void {
  for (const chosen of [...only, ...skip])
    if (!rules.some(({ id }) => matches(id, chosen))) throw new UserError(unknownRule(chosen, rules));
}

/** Findings on waivers are always reported: they are about what sets others aside. */
export function isSelected(id: string, { only, skip }: Selection): boolean {
  if (id.startsWith("waiver/")) return true;
  return (
    (only.length === 0 || only.some((chosen) => matches(id, chosen))) &&
    !skip.some((each) => matches(id, each))
  );
}

/** What a reader must know of a report that lacks rules. */
export function selectionNotes({ only, skip }: Selection): string[] {
  return [
    ...(only.length > 0 ? [`Only these rules were asked for: ${only.join(", ")}.`] : []),
    ...(skip.length > 0 ? [`These rules were skipped: ${skip.join(", ")}.`] : []),
  ];
}

function matches(id: string, chosen: string): boolean {
  return id === chosen || id.startsWith(`${chosen.replace(/\/\*?$/, "")}/`);
}
