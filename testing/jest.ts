/** Adds the matchers to Jest's `expect`, with their types for the global `expect` of @types/jest. */
import { expect } from "@jest/globals";
import { type RuleMatchers, ruleMatchers } from "./rule-matchers.ts";

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: the parameters must be those of @types/jest
    interface Matchers<R, T = {}> extends RuleMatchers<R> {}
  }
}

expect.extend(ruleMatchers);
