/** Adds the matchers to Jest's `expect`, with their types for `import { expect } from "@jest/globals"`. */
import { expect } from "@jest/globals";
import { type RuleMatchers, ruleMatchers } from "./rule-matchers.ts";

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends RuleMatchers<R> {}
}

expect.extend(ruleMatchers);
