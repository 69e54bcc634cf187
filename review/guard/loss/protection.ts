import { difference, enumerated, lowered, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Loss, onUpdate } from "../loss.ts";
import { nounOf } from "../removals.ts";

const SWITCHES = [
  "deletion_protection",
  "deletion_protection_enabled",
  "settings.deletion_protection_enabled",
  "enable_delete_protection",
  "versioning.enabled",
  "uniform_bucket_level_access",
  "settings.retain_backups_on_delete",
  "terraform_deletion_protection",
];

/** What keeps a later mistake from destroying something. Terraform's prevent_destroy stands in no plan and cannot be seen. */
export const protectionLosses: readonly Loss[] = [
  onUpdate({
    types: "all",
    what: "protection switched off: deletion_protection, deletion_protection_enabled, versioning, uniform access, deletion_policy PREVENT, public access prevention",
    why: "the next wrong plan destroys without being stopped",
    find: (change) => {
      const off = SWITCHES.filter((path) => switchedOff(change, path));
      const policy = difference(change, "deletion_policy");
      if (policy?.was === "PREVENT") off.push("deletion_policy");
      if (difference(change, "public_access_prevention")?.was === "enforced")
        off.push("public_access_prevention");
      return off.length === 0
        ? undefined
        : `${title(change, nounOf(change.type))} loses its protection (${enumerated(off)}): nothing stops the next wrong plan or command.`;
    },
  }),
  onUpdate({
    types: "all",
    what: "force_destroy switched on",
    why: "a bucket or account that is not empty is deleted with all that is in it",
    find: (change) =>
      switchedOn(change, "force_destroy") || switchedOn(change, "delete_contents_on_destroy")
        ? `${title(change, nounOf(change.type))} may be deleted with all that is in it from now on (force_destroy): nothing stops the next wrong plan.`
        : undefined,
  }),
  onUpdate({
    types: ["google_storage_bucket"],
    what: "retention, soft delete or lifecycle of a bucket tightened or dropped",
    why: "objects are deleted, or may be",
    find: (change) => {
      const shorter = [
        "retention_policy.retention_period",
        "soft_delete_policy.retention_duration_seconds",
      ].flatMap((path) => lowered(change, path)?.text ?? []);
      const deletes = (block: typeof change.before): number =>
        block.blocks("lifecycle_rule").filter((rule) => rule.string("action.type") === "Delete").length;
      const more = deletes(change.after) > deletes(change.before);
      if (shorter.length === 0 && !more) return undefined;
      return `${title(change, "bucket")}: ${more ? "a lifecycle rule DELETES objects from now on" : `deleted objects are kept for ${enumerated(shorter)} seconds`}.`;
    },
  }),
];
