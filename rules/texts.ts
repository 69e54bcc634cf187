import { rejectedInput, unknownInput } from "./checks.ts";
import { ruleBook } from "./index.ts";
import { type RuleText, waiverTexts } from "./waivers.ts";

/** The documentation of every rule, sorted by id; those about waivers and unknown inputs included. */
export const ruleTexts: readonly RuleText[] = [...ruleBook, rejectedInput, unknownInput, ...waiverTexts].sort(
  (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
);
