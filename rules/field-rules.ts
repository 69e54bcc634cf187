import { type CollectedFieldRule, fieldRules as collected, describe, evaluate } from "../resources/index.ts";
import type { Rule } from "./rule.ts";

/** The rules that the catalogue of resource types declares as constraints of fields. */
export const fieldRules: readonly Rule[] = collected().map(ruleOf);

function ruleOf({ id, why, example, source, fix, parts }: CollectedFieldRule): Rule {
  const several = new Set(parts.map(({ type }) => type)).size > 1;
  const limits = parts.flatMap(({ type, rule }) =>
    rule.constraints.map((constraint) => (several ? `${type}.` : "") + describe(constraint)),
  );
  return {
    id,
    why,
    limit: [...new Set(limits)].join("; "),
    fix: fix ?? "Set a value within the limit.",
    source,
    example,
    *check(graph) {
      for (const { type, rule } of parts)
        for (const resource of graph.all(type))
          for (const constraint of rule.constraints)
            for (const { message, severity, fix, source, versions } of evaluate(constraint, resource))
              yield {
                resource,
                severity,
                message,
                versions,
                ...(fix === undefined ? {} : { fix }),
                ...(source === undefined ? {} : { source }),
              };
    },
  };
}
