import { ruleBook } from "./index.ts";
import { type RuleText, waiverTexts } from "./waivers.ts";

/** The documentation of every rule, sorted by id; those about waivers included. */
export const ruleTexts: readonly RuleText[] = [...ruleBook, ...waiverTexts].sort((a, b) =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0,
);
