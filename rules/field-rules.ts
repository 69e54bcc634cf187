import type { Graph } from "../graph/index.ts";
import {
  type CollectedFieldRule,
  describe,
  evaluate,
  fieldRules,
  type Location,
} from "../resources/index.ts";
import type { Rule, Violation } from "./rule.ts";

/**
 * The rule files together with the rules that the catalogue of resource types declares as constraints of fields. Where
 * both have one id they are one rule.
 * @throws Error where constraints of an id are described nowhere, or twice
 */
export function withFieldRules(rules: readonly Rule[]): readonly Rule[] {
  const declared = new Map(fieldRules().map((rule) => [rule.id, rule]));
  const own = rules.map((rule) => {
    const fields = declared.get(rule.id);
    declared.delete(rule.id);
    return fields === undefined ? rule : joined(rule, fields);
  });
  return [...own, ...[...declared.values()].map(ruleOf)];
}

function joined(rule: Rule, fields: CollectedFieldRule): Rule {
  if (fields.described !== undefined)
    throw new Error(`${rule.id} is described by its rule file and by a resource type`);
  return {
    ...rule,
    get limit() {
      return `${rule.limit}; ${limitOf(fields)}`;
    },
    *check(graph) {
      yield* rule.check(graph);
      yield* violations(fields, graph);
    },
  };
}

function ruleOf(fields: CollectedFieldRule): Rule {
  const { id, described } = fields;
  if (described?.why === undefined)
    throw new Error(`no resource type gives the why of ${id}, and there is no rule file for it`);
  const { why, source, fix = "Set a value within the limit.", exampleSeverity = "error" } = described;
  return {
    id,
    why,
    // Read for documents only.
    get limit() {
      return limitOf(fields);
    },
    fix,
    source,
    exampleSeverity,
    check: (graph) => violations(fields, graph),
  };
}

/** Every bound once; with its type where not all types of the rule have it. */
function limitOf({ parts }: CollectedFieldRule): string {
  const typesByText = new Map<string, string[]>();
  for (const { type, rule } of parts)
    for (const text of new Set(rule.constraints.map(describe)))
      typesByText.set(text, [...(typesByText.get(text) ?? []), type]);
  const limits = [...typesByText].map(([text, types]) =>
    types.length === parts.length ? text : `${text} (${types.join(", ")})`,
  );
  return limits.join("; ");
}

function* violations({ parts }: CollectedFieldRule, graph: Graph): Iterable<Violation> {
  for (const { type, rule } of parts)
    for (const resource of graph.all(type)) {
      const location: Location = {
        get project() {
          return graph.project(resource);
        },
        get region() {
          return graph.region(resource);
        },
      };
      for (const constraint of rule.constraints)
        for (const { message, severity, fix, source, versions } of evaluate(constraint, resource, location))
          yield {
            resource,
            severity,
            message,
            versions,
            ...(fix === undefined ? {} : { fix }),
            ...(source === undefined ? {} : { source }),
          };
    }
}
