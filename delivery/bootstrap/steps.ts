import { objectOf, own } from "../../graph/index.ts";
import { UserError } from "../../platform/user-error.ts";

/** Prerequisites of Terraform: the APIs that enable others, and the buckets of the states. */
export const FIRST_APIS = [
  "cloudresourcemanager.googleapis.com",
  "iam.googleapis.com",
  "serviceusage.googleapis.com",
  "storage.googleapis.com",
] as const;

/** Days for which a deleted state can be restored. */
const SOFT_DELETE_DAYS = 30;
/** Old versions are deleted with this many newer ones AND after this many days. */
const KEPT_VERSIONS = 50;
const KEPT_DAYS = 90;
const SECONDS_OF_DAY = 86_400;

export const LIFECYCLE = {
  rule: [
    {
      action: { type: "Delete" },
      condition: { numNewerVersions: KEPT_VERSIONS, daysSinceNoncurrentTime: KEPT_DAYS },
    },
  ],
};

export interface Step {
  readonly why: string;
  /** Arguments of gcloud; LIFECYCLE_FILE is replaced by a file with the content of LIFECYCLE. */
  readonly args: readonly string[];
}

export const LIFECYCLE_FILE = "LIFECYCLE_FILE";

/** A bucket of states. */
export interface Place {
  readonly project: string;
  readonly region: string;
  readonly bucket: string;
  /** Where the environment names another one: "state.bucket". */
  readonly setting: string;
}

export function apiSteps(project: string, enabled: readonly string[]): Step[] {
  const missing = FIRST_APIS.filter((api) => !enabled.includes(api));
  if (missing.length === 0) return [];
  return [
    {
      why: `enable ${missing.join(", ")}`,
      args: ["services", "enable", ...missing, `--project=${project}`],
    },
  ];
}

export function createStep({ project, region, bucket }: Place): Step {
  return {
    why: `create the bucket ${bucket} in ${region}`,
    args: [
      "storage",
      "buckets",
      "create",
      `gs://${bucket}`,
      `--project=${project}`,
      `--location=${region}`,
      "--uniform-bucket-level-access",
      "--public-access-prevention",
      `--soft-delete-duration=${SOFT_DELETE_DAYS}d`,
    ],
  };
}

/**
 * Settings that an existing bucket lacks. Others are kept.
 *
 * @param found the bucket as the Storage API describes it
 * @throws UserError where the bucket can hold no state: a retention policy forbids to replace and delete objects, which is
 * what Terraform does with the state and its lock
 */
export function settingSteps({ bucket, setting }: Pick<Place, "bucket" | "setting">, found: unknown): Step[] {
  const at = (...path: string[]): unknown =>
    path.reduce<unknown>((value, key) => own(objectOf(value), key), found);
  if (at("retentionPolicy") !== undefined) {
    throw new UserError(
      `The bucket ${bucket} has a retention policy: Terraform could neither replace its state nor delete its lock. Remove the policy, or, where it is locked, name another bucket in ${setting}.`,
    );
  }
  const update = (why: string, flag: string): Step => ({
    why,
    args: ["storage", "buckets", "update", `gs://${bucket}`, flag],
  });
  const steps: Step[] = [];
  if (at("iamConfiguration", "uniformBucketLevelAccess", "enabled") !== true)
    steps.push(update("use uniform bucket-level access", "--uniform-bucket-level-access"));
  if (at("iamConfiguration", "publicAccessPrevention") !== "enforced")
    steps.push(update("prevent public access", "--public-access-prevention"));
  if (at("versioning", "enabled") !== true) steps.push(update("keep replaced versions", "--versioning"));
  const softDelete = Number(at("softDeletePolicy", "retentionDurationSeconds") ?? 0);
  if (softDelete < SOFT_DELETE_DAYS * SECONDS_OF_DAY)
    steps.push(
      update(
        `keep deleted objects restorable for ${SOFT_DELETE_DAYS} days`,
        `--soft-delete-duration=${SOFT_DELETE_DAYS}d`,
      ),
    );
  // Existing lifecycle rules are kept: they were set on purpose.
  if (at("lifecycle", "rule") === undefined)
    steps.push(
      update(
        `delete versions older than ${KEPT_DAYS} days with ${KEPT_VERSIONS} newer ones`,
        `--lifecycle-file=${LIFECYCLE_FILE}`,
      ),
    );
  return steps;
}
