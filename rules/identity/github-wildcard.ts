import { blanked, shown, splitAt, textsIn } from "../../analysis/identity/cel.ts";
import { claimsOf, OWNERS } from "../../analysis/identity/github-admission.ts";
import { githubProviders, poolMembers, providersOf } from "../../analysis/identity/github-provider.ts";
import type { Rule } from "../rule.ts";

/** A star is a character like any other, except for all of a pool. */
export const githubWildcard: Rule = {
  id: "identity/github-wildcard",
  why: "Conditions and members are compared letter by letter: no repository has a star in its name, and no principal matches.",
  limit: "no * in what an owner or a repository is compared with",
  fix: 'Write assertion.repository_owner_id == "ID" for all repositories of an owner.',
  source: "https://docs.cloud.google.com/iam/docs/principal-identifiers",
  *check(graph) {
    for (const { resource, condition = "", mapping } of githubProviders(graph)) {
      for (const term of splitAt(condition, "||").flatMap((part) => splitAt(part, "&&"))) {
        const star = textsIn(term).find((text) => text.includes("*"));
        const isCompared = /==/.test(blanked(term)) && !/\.\w+\s*\(/.test(blanked(term));
        if (star === undefined || !isCompared || !claimsOf(term, mapping)?.some(isName)) continue;
        yield {
          resource,
          message: `attribute_condition compares with "${star}"; fails at run time: a star is no wildcard here, so no principal matches.`,
        };
      }
    }
    for (const { grant, by, value, pool } of poolMembers(graph)) {
      const isRepository = providersOf(graph, pool)?.every(({ mapping }) =>
        claimsOf(by, mapping)?.some(isName),
      );
      if (!value.includes("*") || by === "subject" || isRepository !== true) continue;
      yield {
        resource: grant.resource,
        message: `member names ${by} "${shown(value)}"; fails at run time: a star is no wildcard here, so no principal matches.`,
      };
    }
  },
};

function isName(claim: string): boolean {
  return OWNERS.includes(claim);
}
