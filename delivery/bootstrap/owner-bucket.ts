import { listOf, objectOf, own } from "../../graph/index.ts";
import type { Step } from "./steps.ts";

/** The bucket of what only an owner applies, and the accounts that must not reach it. */
export interface OwnerBucket {
  readonly project: string;
  /** Number of the project. */
  readonly projectNumber: string;
  readonly bucket: string;
  /** E-mails of the deployer and the rollback watchdog. */
  readonly accounts: readonly string[];
}

/** Google's grants on a new bucket that go beyond owners and readers; "projectEditor" is every editor of the project. */
export const freshPolicy = ({ project }: Pick<OwnerBucket, "project">): unknown => ({
  bindings: ["roles/storage.legacyBucketOwner", "roles/storage.legacyObjectOwner"].map((role) => ({
    role,
    members: [`projectEditor:${project}`],
  })),
});

/**
 * Whose a bucket is: anybody may create one of this name first, and the states in it would be theirs.
 *
 * @param found the bucket as the Storage API describes it
 * @returns a note where it is in another project; undefined where it is in this one
 */
export function foreignBucket(
  { project, projectNumber, bucket }: Omit<OwnerBucket, "accounts">,
  found: unknown,
): string | undefined {
  const number = own(objectOf(found), "projectNumber");
  if (String(number) === projectNumber) return undefined;
  return `the bucket ${bucket} is in the project with the number ${JSON.stringify(number) ?? "unknown"}, not in ${project} (${projectNumber}): who owns that one writes the states, and so decides what Terraform runs here`;
}

/** Takes from everybody but owners and readers what they hold on the bucket. */
export function accessSteps({ bucket, accounts }: OwnerBucket, policy: unknown): Step[] {
  const barred = new Set([
    "allUsers",
    "allAuthenticatedUsers",
    ...accounts.map((email) => `serviceAccount:${email}`),
  ]);
  return listOf(objectOf(policy).bindings).flatMap((binding) => {
    const { role, members } = objectOf(binding);
    return listOf(members)
      .map(String)
      .filter((member) => barred.has(member) || member.startsWith("projectEditor:"))
      .map((member) => ({
        why: `take ${String(role)} from ${member}: who writes this state decides what an owner's Terraform runs`,
        args: [
          "storage",
          "buckets",
          "remove-iam-policy-binding",
          `gs://${bucket}`,
          `--member=${member}`,
          `--role=${String(role)}`,
          "--all",
        ],
      }));
  });
}
