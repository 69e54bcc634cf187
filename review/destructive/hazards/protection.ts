import { enumerated } from "../../../values/enumerated.ts";
import { difference, lowered, switchedOff, switchedOn } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { labelOf } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const SWITCHES = [
  "deletion_protection",
  "deletion_protection_enabled",
  "settings.deletion_protection_enabled",
  "enable_delete_protection",
  "versioning.enabled",
  "uniform_bucket_level_access",
  "settings.retain_backups_on_delete",
  "terraform_deletion_protection",
  "enable_drop_protection",
];

/** Attributes that protect by a value. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  // ABANDON keeps what Terraform destroys.
  deletion_policy: ["PREVENT", "ABANDON"],
  public_access_prevention: ["enforced"],
  delete_protection_state: ["DELETE_PROTECTION_ENABLED"],
  point_in_time_recovery_enablement: ["POINT_IN_TIME_RECOVERY_ENABLED"],
  deletion_protection: ["PROTECTED"],
  // Resolvers that check signatures find nothing while the parent zone still has the key.
  "dnssec_config.state": ["on"],
  // From then on the removal of the entry disables the API.
  disable_on_destroy: ["false"],
};

/** Settings that protect against later mistakes. Plans do not contain prevent_destroy. */
export const protectionHazards: readonly Hazard[] = [
  onUpdate({
    types: "all",
    what: "protection switched off: deletion_protection, deletion_protection_enabled, versioning, uniform access, deletion_policy PREVENT or ABANDON, public access prevention, DNSSEC, SSL policy, disable_on_destroy",
    why: "nothing stops the next wrong plan",
    find: (change) => {
      const off = SWITCHES.filter((path) => switchedOff(change, path));
      for (const [path, valueText] of Object.entries(WORDS)) {
        const found = difference(change, path);
        if (found !== undefined && valueText.includes(found.was) && !valueText.includes(found.now))
          off.push(path);
      }
      // Without one, Google's default takes TLS 1.0 too.
      if (difference(change, "ssl_policy")?.now === "not set") off.push("ssl_policy");
      return off.length === 0
        ? undefined
        : `${title(change, labelOf(change.type))} loses its protection (${enumerated(off)}): nothing stops the next wrong plan or command.`;
    },
  }),
  onUpdate({
    types: "all",
    what: "force_destroy switched on",
    why: "a bucket or dataset that is not empty can be deleted with its contents",
    find: (change) =>
      switchedOn(change, "force_destroy") || switchedOn(change, "delete_contents_on_destroy")
        ? `${title(change, labelOf(change.type))} can be deleted with its contents (force_destroy): nothing stops the next wrong plan.`
        : undefined,
  }),
  onUpdate({
    types: ["google_storage_bucket"],
    what: "retention or soft delete of a bucket shortened, or a lifecycle rule that deletes",
    why: "objects are deleted, or cannot be recovered",
    find: (change) => {
      const shorter = [
        "retention_policy.retention_period",
        "soft_delete_policy.retention_duration_seconds",
      ].flatMap((path) => lowered(change, path)?.text ?? []);
      const known = deletions(change.before);
      const more = deletions(change.after).some(
        (condition) => !known.some((earlier) => deletesNoMore(condition, earlier)),
      );
      if (shorter.length === 0 && !more) return undefined;
      return `${title(change, "bucket")}: ${more ? "a lifecycle rule DELETES objects that were kept until now" : `deleted objects are kept for ${enumerated(shorter)} seconds`}.`;
    },
  }),
];

type Condition = Readonly<Record<string, unknown>>;

/** Conditions under which the lifecycle of a bucket deletes objects. */
function deletions(bucket: PlannedChange["before"]): Condition[] {
  return bucket
    .blocks("lifecycle_rule")
    .filter((rule) => rule.string("action.type") === "Delete")
    .map((rule) => rule.blocks("condition")[0]?.values ?? {});
}

/** The more of them, the fewer objects are deleted; not written is 0. */
const COUNTS = ["age", "days_since_noncurrent_time", "days_since_custom_time", "num_newer_versions"];

/** Whether each object that the condition deletes is one that the earlier one deletes, too, and no sooner. */
function deletesNoMore(condition: Condition, earlier: Condition): boolean {
  const others = ({ ...rest }: Record<string, unknown>): string => {
    for (const key of COUNTS) delete rest[key];
    return JSON.stringify(rest);
  };
  return (
    others(condition) === others(earlier) &&
    COUNTS.every((key) => Number(condition[key] ?? 0) >= Number(earlier[key] ?? 0))
  );
}
