import { addressRules } from "./address/index.ts";
import { capacityRules } from "./capacity/index.ts";
import { dataRules } from "./data/index.ts";
import { edgeRules } from "./edge/index.ts";
import { identityRules } from "./identity/index.ts";
import { meshRules } from "./mesh/index.ts";
import { observabilityRules } from "./observability/index.ts";
import { reachabilityRules } from "./reachability/index.ts";
import { rolloutRules } from "./rollout/index.ts";
import type { Rule } from "./rule.ts";
import { serviceRules } from "./service/index.ts";
import { timeRules } from "./time/index.ts";

/** The rule book: every rule of every family. */
export const ruleBook: readonly Rule[] = [
  ...addressRules,
  ...reachabilityRules,
  ...timeRules,
  ...capacityRules,
  ...serviceRules,
  ...edgeRules,
  ...dataRules,
  ...identityRules,
  ...observabilityRules,
  ...meshRules,
  ...rolloutRules,
];
