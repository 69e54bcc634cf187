import type { Rule } from "../rule.ts";
import { hasUnknownCode, namesIn } from "./cel.ts";
import { admission, OWNERS } from "./github-admission.ts";
import { githubProviders } from "./github-provider.ts";

/** A provider for GitHub says whose repositories it admits. */
export const githubCondition: Rule = {
  id: "identity/github-condition",
  why: "GitHub signs the tokens of all repositories of the world with one name: without a condition, a stranger's workflow gets in.",
  limit: "an attribute_condition that compares the repository or its owner with one of yours",
  fix: 'Write attribute_condition = "assertion.repository_id == \\"ID\\" && assertion.repository_owner_id == \\"ID\\"".',
  source:
    "https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions",
  example: `resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = "github"
  workload_identity_pool_provider_id = "github"
  attribute_mapping = { "google.subject" = "assertion.sub" }
  oidc { issuer_uri = "https://token.actions.githubusercontent.com" }
}`,
  *check(graph) {
    for (const { resource, condition, mapping } of githubProviders(graph)) {
      if (condition === undefined) {
        yield {
          resource,
          severity: "error",
          message:
            "it trusts GitHub without an attribute_condition; refused at apply: the attribute condition must reference one of the provider's claims.",
        };
        continue;
      }
      if (hasUnknownCode(condition)) continue;
      if (namesIn(condition).length === 0) {
        yield {
          resource,
          severity: "error",
          message: `its attribute_condition ${condition} looks at nothing in the token; refused at apply: the attribute condition must reference one of the provider's claims.`,
        };
        continue;
      }
      if (admission(condition, mapping, OWNERS) !== "open") continue;
      yield {
        resource,
        severity: "error",
        message: `its attribute_condition ${told(condition)} can be met by a repository of anybody's; breaks at run time: strangers' workflows get in.`,
      };
    }
  },
};

function told(condition: string): string {
  return condition.replace(/\s+/g, " ").replaceAll("\uE000", "...");
}
