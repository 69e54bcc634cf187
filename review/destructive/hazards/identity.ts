import { enumerated, removedFrom, someOf, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { AUTHORITATIVE } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Changes in place that lock somebody out. */
export const identityHazards: readonly Hazard[] = [
  onUpdate({
    types: "all",
    what: "a member taken from an IAM binding, or an IAM policy rewritten",
    why: "a binding speaks for everybody who has the role, a policy for every role: whoever is not in it loses it, also what was granted by hand",
    find: (change) => {
      if (!AUTHORITATIVE.test(change.type)) return undefined;
      if (change.type.endsWith("_policy"))
        return `${title(change, "IAM policy")} is rewritten as a whole: every grant that is not in it is taken away.`;
      const gone = removedFrom(change, "members");
      return gone.length === 0
        ? undefined
        : `${someOf(gone)} ${gone.length === 1 ? "loses" : "lose"} ${change.before.string("role") ?? "the role"}.`;
    },
  }),
  onUpdate({
    types: ["google_service_account"],
    what: "a service account disabled",
    why: "whatever runs as it fails",
    find: (change) =>
      switchedOn(change, "disabled")
        ? `${title(change, "service account")} is DISABLED: whatever runs as it fails.`
        : undefined,
  }),
  onUpdate({
    types: ["google_secret_manager_secret_version", "google_secret_manager_regional_secret_version"],
    what: "a secret version disabled",
    why: "a service that is pinned to it does not start",
    find: (change) =>
      switchedOff(change, "enabled")
        ? `${title(change, "secret version")} is DISABLED: a service that is pinned to it does not start any more.`
        : undefined,
  }),
  onUpdate({
    types: ["google_project_iam_custom_role", "google_organization_iam_custom_role"],
    what: "a permission taken from a custom role",
    why: "everybody who has the role loses it",
    find: (change) => {
      const gone = removedFrom(change, "permissions");
      return gone.length === 0
        ? undefined
        : `${title(change, "role")} loses ${someOf(gone)}: everybody who has the role does.`;
    },
  }),
  onUpdate({
    types: ["google_iam_workload_identity_pool_provider"],
    what: "the condition, mapping or audiences of a workload identity provider",
    why: "pipelines are locked out, or others get in",
    find: (change) => {
      const changed = ["attribute_condition", "attribute_mapping", "oidc"].filter((name) =>
        change.attributes.some(({ path }) => path === name || path.startsWith(`${name}.`)),
      );
      return changed.length === 0
        ? undefined
        : `${title(change, "identity")} lets in others than before (${enumerated(changed)}): pipelines may be locked out, and strangers let in.`;
    },
  }),
  onUpdate({
    types: ["google_iam_workload_identity_pool", "google_iam_workload_identity_pool_provider"],
    what: "a workload identity pool or provider disabled",
    why: "pipelines cannot sign in",
    find: (change) =>
      switchedOn(change, "disabled")
        ? `${title(change, "identity")} is DISABLED: whatever signs in through it is locked out.`
        : undefined,
  }),
];
