import type { Rule } from "../rule.ts";
import { acrossVersions } from "./across-versions.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { subjects } from "./subject.ts";
import { writtenAttributes } from "./written.ts";

export const readOnly: Rule = {
  id: "schema/read-only",
  why: "What Google fills in cannot be set: the provider refuses the plan.",
  limit: "attributes that the provider does not only read",
  fix: "Remove it.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { resource, facts } = subject;
      if (facts === undefined) continue;
      for (const { path, name, facts: ofPath } of writtenAttributes(subject)) {
        if (!ofPath.states(["computed"])) continue;
        const outcome = acrossVersions(subject, ofPath.knownPeriods, (known) =>
          known?.computed === true && known.optional === undefined && known.required === undefined
            ? true
            : undefined,
        );
        if (outcome === undefined) continue;
        yield {
          resource,
          severity: outcome.severity,
          message: `${name} is set in ${facts.type}; rejected at plan${outcome.where}: it is read-only, Google decides it.`,
          fix: `Remove ${name}.`,
          source: documentation(facts.type),
          givesWayOn: [path],
        };
      }
    }
  },
};
