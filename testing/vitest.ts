/** Adds the matchers to Vitest's `expect`, with their types. */
import { expect } from "vitest";
import { type RuleMatchers, ruleMatchers } from "./rule-matchers.ts";

declare module "vitest" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends RuleMatchers<R> {}
}

expect.extend(ruleMatchers);
