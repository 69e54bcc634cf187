/** What a CDKTF app imports to be judged by the rule book. */
export type { RuleBookOptions } from "./rule-book.ts";
export { type AnyApp, type VerifyOnSynthOptions, verifyOnSynth } from "./verify-on-synth.ts";
export { waive } from "./waive.ts";
