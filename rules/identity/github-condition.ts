import { hasUnknownCode, namesIn, shown } from "../../analysis/identity/cel.ts";
import { admission, OWNERS } from "../../analysis/identity/github-admission.ts";
import { githubProviders } from "../../analysis/identity/github-provider.ts";
import type { Rule } from "../rule.ts";

/** A provider for GitHub says whose repositories it admits. */
export const githubCondition: Rule = {
  id: "identity/github-condition",
  why: "GitHub issues the tokens of all repositories under one issuer: without a condition, a stranger's workflow gets in.",
  limit: "an attribute_condition that compares the repository or its owner with one of yours",
  fix: 'Write attribute_condition = "assertion.repository_id == \\"ID\\" && assertion.repository_owner_id == \\"ID\\"".',
  source:
    "https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions",
  *check(graph) {
    for (const { resource, condition, mapping } of githubProviders(graph)) {
      if (condition === undefined) {
        yield {
          resource,
          message:
            "attribute_condition is not set; rejected by the API: the attribute condition must reference one of the provider's claims.",
        };
        continue;
      }
      if (hasUnknownCode(condition)) continue;
      if (namesIn(condition).length === 0) {
        yield {
          resource,
          message: `attribute_condition is ${condition}; rejected by the API: the attribute condition must reference one of the provider's claims.`,
        };
        continue;
      }
      if (admission(condition, mapping, OWNERS) !== "open") continue;
      yield {
        resource,
        message: `attribute_condition is ${shown(condition)}; is a security risk: a repository of anybody can meet it, so workflows of strangers get in.`,
      };
    }
  },
};
