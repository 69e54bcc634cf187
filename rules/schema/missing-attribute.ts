import type { AttributeFacts, TypeFacts } from "../../resources/facts/index.ts";
import { nameAttributeOf } from "../../resources/index.ts";
import type { VersionRange } from "../../resources/versions.ts";
import type { Rule } from "../rule.ts";
import { acrossVersions, type Outcome } from "./across-versions.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { type Subject, subjects } from "./subject.ts";
import { periodsWithin } from "./validity.ts";
import { writtenBlocks } from "./written.ts";

const REQUIRED = ["required"] as const;

type Missing = Outcome<AttributeFacts> | undefined;
const outcomes = new WeakMap<VersionRange, Map<TypeFacts, Map<string, Missing>>>();

/** What versions say of an attribute that is missing: the same for all resources of the type in one input. */
function outcomeOf(subject: Subject, facts: TypeFacts, block: string, path: string): Missing {
  const { versions } = subject;
  const byType = outcomes.get(versions) ?? new Map<TypeFacts, Map<string, Missing>>();
  outcomes.set(versions, byType);
  const byPath = byType.get(facts) ?? new Map<string, Missing>();
  byType.set(facts, byPath);
  if (!byPath.has(path)) {
    const periods = periodsWithin(facts, path, block);
    byPath.set(
      path,
      acrossVersions(subject, periods, (known) => (known?.required === true ? known : undefined)),
    );
  }
  return byPath.get(path);
}

export const missingAttribute: Rule = {
  id: "schema/missing-attribute",
  why: "Without an attribute or block that the provider requires there is no plan.",
  limit: "the required attributes and blocks of the provider's version, and a name that is not empty",
  fix: "Set it.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { resource, facts } = subject;
      if (facts === undefined) continue;
      const name = nameAttributeOf(facts.type);
      if (name !== undefined && resource.values[name] === "" && facts.newest(name)?.required === true)
        yield {
          resource,
          severity: "error",
          message: `${name} is empty; rejected by the API: it is required.`,
          fix: `Set ${name}.`,
          source: documentation(facts.type),
        };
      for (const { path, values } of writtenBlocks(subject)) {
        for (const name of facts.namesWith(path, REQUIRED)) {
          if (Object.hasOwn(values, name)) continue;
          const inner = facts.within(path, name);
          if (resource.emptyPaths.has(inner)) continue;
          const outcome = outcomeOf(subject, facts, path, inner);
          if (outcome === undefined) continue;
          const what = outcome.issue.nested === "block" ? `the block ${name}` : name;
          yield {
            resource,
            severity: outcome.severity,
            message: `${what} is missing in ${path === "" ? facts.type : `${path} of ${facts.type}`}; rejected at plan${outcome.where}: it is required.`,
            fix: outcome.issue.nested === "block" ? `Add a block ${name}.` : `Set ${name}.`,
            source: documentation(facts.type),
            givesWayOn: [inner],
          };
        }
      }
    }
  },
};
