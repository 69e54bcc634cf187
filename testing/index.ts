/** What unit tests import. `/jest`, `/jest-globals` and `/vitest` next to it add the matchers to `expect`. */
export type { RuleBookOptions } from "../assertions/rule-book.ts";
export { type CheckedProject, checkProject } from "./check-project.ts";
export { Match, type Matcher } from "./match.ts";
export { type RuleMatchers, ruleMatchers } from "./rule-matchers.ts";
export { type ResourceType, Template } from "./template.ts";
