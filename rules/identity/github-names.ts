import { shown } from "../../analysis/identity/cel.ts";
import { admission, claimsOf, IDS, OWNERS } from "../../analysis/identity/github-admission.ts";
import {
  type GithubProvider,
  githubProviders,
  ownPool,
  poolMembers,
} from "../../analysis/identity/github-provider.ts";
import type { Graph } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** A repository is identified by immutable ids. */
export const githubNames: Rule = {
  id: "identity/github-names",
  why: "A released name on GitHub can be registered by others, whose workflows are then admitted; an id is never reused.",
  limit: "repository_id or repository_owner_id in the condition, or in each member of the pool",
  fix: "Compare assertion.repository_id or assertion.repository_owner_id as well (gh api repos/OWNER/NAME shows both).",
  source:
    "https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions",
  exampleSeverity: "warning",
  *check(graph) {
    for (const provider of githubProviders(graph)) {
      const { resource, condition = "", mapping } = provider;
      if (admission(condition, mapping, OWNERS) !== "restricted") continue;
      if (admission(condition, mapping, IDS) !== "open" || membersAreByIds(graph, provider)) continue;
      yield {
        resource,
        severity: "warning",
        message: `attribute_condition is ${shown(condition)}; is a security risk: it identifies repositories by name alone, and a released name can be registered by others.`,
      };
    }
  },
};

function membersAreByIds(graph: Graph, provider: GithubProvider): boolean {
  const pool = ownPool(graph, provider);
  const members = poolMembers(graph).filter((member) => member.pool === pool);
  return (
    members.length > 0 &&
    members.every(({ by }) => (claimsOf(by, provider.mapping) ?? []).some((claim) => IDS.includes(claim)))
  );
}
