import { nameAttributeOf } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";
import { acrossVersions, memoizeByPath } from "./across-versions.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { subjects } from "./subject.ts";
import { periodsWithin } from "./validity.ts";
import { writtenBlocks } from "./written.ts";

const REQUIRED = ["required"] as const;

/** What versions say of an attribute that is missing. */
const outcomeOf = memoizeByPath((subject, block, member) =>
  acrossVersions(subject, periodsWithin(block, member), (known) =>
    known?.required === true ? known : undefined,
  ),
);

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
      if (name !== undefined && resource.values[name] === "" && facts.of(name).newest?.required === true)
        yield {
          resource,
          severity: "error",
          message: `${name} is empty; rejected by the API: it is required.`,
          fix: `Set ${name}.`,
          source: documentation(facts.type),
        };
      for (const { path, values, facts: block } of writtenBlocks(subject)) {
        for (const member of block.membersStating(REQUIRED)) {
          const { name, path: inner } = member;
          if (Object.hasOwn(values, name)) continue;
          if (resource.emptyPaths.has(inner)) continue;
          const outcome = outcomeOf(subject, block, member);
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
