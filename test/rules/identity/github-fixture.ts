import type { Rule } from "../../../rules/rule.ts";
import { type Body, type Parts, saidOf } from "../platform.ts";
import type { Said } from "../support.ts";

export const PROVIDER = "google_iam_workload_identity_pool_provider.github";
export const USER = "google_service_account_iam_member.ci";
export const POOL = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}";
const CORRECT =
  'assertion.repository_id == "74" && assertion.repository_owner_id == "65" && assertion.ref == "refs/heads/main"';

/** A correct provider for GitHub, and an account that may change a project, with something changed. */
export function reported(rule: Rule, provider: Body, member = `${POOL}/attribute.repository_id/74`): Said[] {
  return saidOf(rule, (parts: Parts) => {
    parts.set("google_iam_workload_identity_pool.github", { workload_identity_pool_id: "github" });
    parts.set(PROVIDER, {
      workload_identity_pool_id: "${google_iam_workload_identity_pool.github.workload_identity_pool_id}",
      workload_identity_pool_provider_id: "github",
      attribute_mapping: {
        "google.subject": "assertion.sub",
        "attribute.repository": "assertion.repository",
        "attribute.repository_id": "assertion.repository_id",
        "attribute.event": "assertion.event_name",
      },
      attribute_condition: CORRECT,
      oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com" }],
      ...provider,
    });
    parts.set("google_service_account.ci", { account_id: "ci-deployer" });
    parts.set("google_project_iam_member.ci", {
      project: "acme-dev",
      role: "roles/resourcemanager.projectIamAdmin",
      member: "serviceAccount:${google_service_account.ci.email}",
    });
    parts.set(USER, {
      service_account_id: "${google_service_account.ci.name}",
      role: "roles/iam.workloadIdentityUser",
      member,
    });
  });
}

export const under = (rule: Rule, condition: unknown): string[] =>
  reported(rule, { attribute_condition: condition }).map(({ severity, address }) => `${severity} ${address}`);
