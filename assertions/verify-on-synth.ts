import type { App } from "cdktf";
import type { IConstruct } from "constructs";
import { synthesisOf } from "./asserted-app.ts";
import { evaluateRuleBook, type RuleBookOptions } from "./rule-book.ts";

/** An `App` of CDKTF, or of its fork cdktn. */
export interface AnyApp extends IConstruct {
  readonly outdir: string;
  synth(): void;
}

export interface VerifyOnSynthOptions extends RuleBookOptions {
  /** Takes the report of an app that is not refused, where there is anything to say. @default prints to stderr */
  readonly report?: (text: string) => void;
}

/**
 * Judges the app by the whole rule book when it is synthesized: all resources of all stacks, those of raw provider classes
 * included, as Aspects, overrides and escape hatches have left them.
 *
 *     const app = new App();
 *     verifyOnSynth(app);
 *
 * `app.synth()` then throws the report, and nothing is written, where there is a finding of the severity `failOn`.
 * `skipValidation` of the app skips it. It may be called before or after the stacks are made; the last call holds.
 */
export function verifyOnSynth(app: AnyApp, options: VerifyOnSynthOptions = {}): void {
  const { report: print = console.error } = options;
  synthesisOf(app as App).check = (stacks) => {
    const judged = stacks.map(({ origin }) => origin);
    const constructs = app.node.findAll().filter(({ node }) => judged.some(isRelated(node.path)));
    const result = evaluateRuleBook(stacks, constructs, options);
    const { findings, waived, unread, gaveUp } = result.report;
    const isSilent = [...findings, ...waived, ...unread, ...gaveUp].length === 0;
    if (result.errors + (result.warnings ?? 0) === 0 && !isSilent) print(result.text);
    return result;
  };
}

/** Whether a stack contains the construct at a path, or is in it. */
function isRelated(path: string): (stack: string) => boolean {
  return (stack) => path === "" || `${path}/`.startsWith(`${stack}/`) || stack.startsWith(`${path}/`);
}
