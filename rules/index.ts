import { edgeRules } from "./edge/index.ts";
import { identityRules } from "./identity/index.ts";
import { reachabilityRules } from "./reachability/index.ts";
import type { Rule } from "./rule.ts";
import { timeRules } from "./time/index.ts";

/** The rule book: every rule of every family. */
export const ruleBook: readonly Rule[] = [...edgeRules, ...identityRules, ...reachabilityRules, ...timeRules];
