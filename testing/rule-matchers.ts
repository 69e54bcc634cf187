import type { IConstruct } from "constructs";
import { evaluateRuleBook, type RuleBookOptions } from "../assertions/rule-book.ts";
import { synthesizedStacks } from "../assertions/synthesized-stacks.ts";
import { UserError } from "../platform/user-error.ts";
import type { LocatedFinding } from "../rules/run.ts";
import { ruleTexts } from "../rules/texts.ts";
import { unknownRule } from "../verification/report/explain.ts";

/** What the matchers add to `expect(...)`. */
export interface RuleMatchers<R> {
  /**
   * What `verifyOnSynth(app, options)` would refuse of a stack or an app: nothing. The message is the report of `verify`.
   */
  toHoldRules(options?: RuleBookOptions): R;
  /**
   * The rule book finds something with this rule, which is not waived.
   *
   * @param rule for example "capacity/connector-instances"
   * @param address Terraform address, or path of a construct that contains the resource. @default any
   */
  toHaveFinding(rule: string, address?: string): R;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** For `expect.extend(ruleMatchers)`, of Jest and of Vitest. */
export const ruleMatchers = {
  toHoldRules(received: unknown, options: RuleBookOptions = {}): MatcherResult {
    const { isRefused, text } = judged(received, options);
    return {
      pass: !isRefused,
      message: () => (isRefused ? text : `Expected the rules not to hold, and they do:\n\n${text}`),
    };
  },

  toHaveFinding(received: unknown, rule: string, address?: string): MatcherResult {
    if (!ruleTexts.some(({ id }) => id === rule)) throw new UserError(unknownRule(rule, ruleTexts));
    const { findings, text } = judged(received, {});
    const pass = findings.some((finding) => finding.rule === rule && isAt(finding, address));
    const expected = `finding of ${rule}${address === undefined ? "" : ` at ${address}`}`;
    return {
      pass,
      message: () => `Expected ${pass ? "no" : "a"} ${expected}, and the report is:\n\n${text}`,
    };
  },
};

interface Judged {
  readonly findings: readonly LocatedFinding[];
  readonly isRefused: boolean;
  readonly text: string;
}

function judged(received: unknown, options: RuleBookOptions): Judged {
  if (!isConstruct(received))
    throw new UserError(`Rules hold for an App or a TerraformStack, and not for ${typeof received}.`);
  const { documents, failures, issues } = synthesizedStacks(received);
  const constructs = [...received.node.scopes, ...received.node.findAll().slice(1)];
  const { report, errors, warnings = 0, text } = evaluateRuleBook(documents, constructs, options);
  return {
    findings: report.findings,
    isRefused: failures.length + issues.length + errors + warnings > 0,
    text: [...failures, ...issues, text].join("\n\n"),
  };
}

function isConstruct(received: unknown): received is IConstruct {
  return typeof received === "object" && received !== null && "node" in received;
}

function isAt({ address: found, path }: LocatedFinding, address: string | undefined): boolean {
  return address === undefined || found === address || `${path}/`.startsWith(`${address}/`);
}
