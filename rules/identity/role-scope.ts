import { grants, isAbove } from "../../analysis/identity/grants.ts";
import type { Rule } from "../rule.ts";

/**
 * Roles that hold permissions of one kind of resource only, and the kinds on which they are granted besides projects, folders
 * and organizations.
 */
const SCOPES: readonly (readonly [role: RegExp, scope: RegExp, example: string])[] = [
  [/^artifactregistry\.(reader|writer|repoAdmin)$/, /^artifact_registry_/, "artifact_registry_repository"],
  [/^cloudfunctions\.(invoker|viewer)$/, /^cloudfunctions/, "cloudfunctions_function"],
  [/^cloudkms\.cryptoKey/, /^kms_/, "kms_crypto_key"],
  [/^cloudsql\./, /^sql_/, "project"],
  [/^cloudtasks\./, /^cloud_tasks_/, "cloud_tasks_queue"],
  [
    /^iam\.(serviceAccountUser|serviceAccountTokenCreator|workloadIdentityUser)$/,
    /^service_account$/,
    "service_account",
  ],
  [/^iap\.httpsResourceAccessor$/, /^iap_/, "iap_web_cloud_run_service"],
  [/^pubsub\.publisher$/, /^pubsub_topic$/, "pubsub_topic"],
  [/^pubsub\.subscriber$/, /^pubsub_(topic|subscription)$/, "pubsub_subscription"],
  [/^redis\./, /^redis_/, "project"],
  [/^run\.(admin|invoker|viewer|servicesInvoker)$/, /^cloud_run_/, "cloud_run_v2_service"],
  [/^secretmanager\./, /^secret_manager_/, "secret_manager_secret"],
  [/^storage\.(object|legacy)/, /^storage_/, "storage_bucket"],
  [/^vpcaccess\./, /^$/, "project"],
  [/^workflows\.(invoker|viewer)$/, /^workflows_/, "project"],
];

/** Roles that projects do not take. */
const BELOW_PROJECT = /^roles\/storage\.legacy/;

/** A role is granted on what it has permissions for. */
export const roleScope: Rule = {
  id: "identity/role-scope",
  why: "A resource takes only roles with permissions for its own kind: the invoker of Cloud Run on a service or a project, and not on a function or a topic.",
  limit:
    "a role of one service is granted on a resource of that service, or on a project, folder or organization",
  fix: "Grant a role of the resource's own service.",
  source: "https://docs.cloud.google.com/iam/docs/resource-types-with-policies",
  *check(graph) {
    for (const grant of grants(graph)) {
      const { resource, role, scope } = grant;
      if (typeof role !== "string" || !role.startsWith("roles/")) continue;
      const [, on, example = ""] = SCOPES.find(([name]) => name.test(role.slice("roles/".length))) ?? [];
      const isHere = isAbove(grant) ? !(scope === "project" && BELOW_PROJECT.test(role)) : on?.test(scope);
      if (isHere !== false) continue;
      yield {
        resource,
        message: `role is "${role}" on ${scope.replaceAll("_", " ")}; rejected by the API: the role has no permission for it.`,
        fix: `Grant it with google_${example}_iam_member, or grant a role of ${scope.replaceAll("_", " ")}.`,
      };
    }
  },
};
