import type { Value } from "../../graph/index.ts";
import type { AttributeFacts } from "../../resources/facts/index.ts";
import type { Rule } from "../rule.ts";
import { acrossVersions } from "./across-versions.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { subjects } from "./subject.ts";
import { itemsOf, writtenAttributes } from "./written.ts";

/** What RE2 has and JavaScript has not, or reads in another way. */
const onlyRe2 = /\(\?[^:=!]|\\[AzQEpPC]|\[\[:/;

const compiled = new Map<string, RegExp | undefined>();

function expression(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, onlyRe2.test(pattern) ? undefined : compile(pattern));
  return compiled.get(pattern);
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** The value and the pattern that it does not match. */
function mismatch(value: Value, facts: AttributeFacts | undefined): readonly [string, string] | undefined {
  for (const pattern of facts?.patterns ?? [])
    for (const item of itemsOf(value))
      if (typeof item === "string" && expression(pattern)?.test(item) === false) return [item, pattern];
  return undefined;
}

export const form: Rule = {
  id: "schema/form",
  why: "The provider refuses texts that are not of the form that it checks.",
  limit: "the regular expressions of the provider's version",
  fix: "Write a text of this form.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { resource, facts } = subject;
      if (facts === undefined) continue;
      for (const { path, value, facts: ofPath } of writtenAttributes(subject)) {
        if (!ofPath.states(["patterns"])) continue;
        const outcome = acrossVersions(subject, ofPath.knownPeriods, (known) => mismatch(value, known));
        if (outcome === undefined) continue;
        const [text, pattern] = outcome.issue;
        yield {
          resource,
          severity: outcome.severity,
          message: `${path} is "${text}"; rejected at plan${outcome.where}: it has to match ${pattern}.`,
          source: documentation(facts.type),
          givesWayOn: [path],
        };
      }
    }
  },
};
