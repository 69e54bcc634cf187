import { enumerated } from "../../../values/enumerated.ts";
import { removedFrom, someOf, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { AUTHORITATIVE } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Changes in place that take access away. */
export const identityHazards: readonly Hazard[] = [
  onUpdate({
    types: "all",
    what: "a member removed from an IAM binding, or an IAM policy rewritten",
    why: "a binding is authoritative for its role, a policy for every role: members that are not listed lose it, including manual grants",
    find: (change) => {
      if (!AUTHORITATIVE.test(change.type)) return undefined;
      if (change.type.endsWith("_policy"))
        return `${title(change, "IAM policy")} is rewritten as a whole: every grant that it does not list is revoked.`;
      const gone = removedFrom(change, "members");
      return gone.length === 0
        ? undefined
        : `${someOf(gone)} ${gone.length === 1 ? "loses" : "lose"} ${change.before.string("role") ?? "the role"}.`;
    },
  }),
  onUpdate({
    types: ["google_service_account"],
    what: "a service account disabled",
    why: "workloads that run as it fail",
    find: (change) =>
      switchedOn(change, "disabled")
        ? `${title(change, "service account")} is DISABLED: workloads that run as it fail.`
        : undefined,
  }),
  onUpdate({
    types: ["google_secret_manager_secret_version", "google_secret_manager_regional_secret_version"],
    what: "a secret version disabled",
    why: "services pinned to it do not start",
    find: (change) =>
      switchedOff(change, "enabled")
        ? `${title(change, "secret version")} is DISABLED: services pinned to it no longer start.`
        : undefined,
  }),
  onUpdate({
    types: ["google_project_iam_custom_role", "google_organization_iam_custom_role"],
    what: "a permission removed from a custom role",
    why: "its members lose it",
    find: (change) => {
      const gone = removedFrom(change, "permissions");
      return gone.length === 0
        ? undefined
        : `${title(change, "role")} loses ${someOf(gone)}: its members lose the permission.`;
    },
  }),
  onUpdate({
    types: ["google_iam_workload_identity_pool_provider"],
    what: "the condition, mapping or audiences of a workload identity provider",
    why: "pipelines can no longer sign in, or other identities can",
    find: (change) => {
      const changed = ["attribute_condition", "attribute_mapping", "oidc"].filter((name) =>
        change.attributes.some(({ path }) => path === name || path.startsWith(`${name}.`)),
      );
      return changed.length === 0
        ? undefined
        : `${title(change, "identity")} admits other identities than before (${enumerated(changed)}): pipelines may lose access, and unintended identities may gain it.`;
    },
  }),
  onUpdate({
    types: ["google_iam_workload_identity_pool", "google_iam_workload_identity_pool_provider"],
    what: "a workload identity pool or provider disabled",
    why: "pipelines cannot sign in",
    find: (change) =>
      switchedOn(change, "disabled")
        ? `${title(change, "identity")} is DISABLED: workloads that sign in through it lose access.`
        : undefined,
  }),
];
