import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket/index.js";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { DAYS_OF_OLD_VERSIONS } from "../platform/backing-services/storage.ts";
import { storageLimits } from "../resources/limits.ts";
import { protectedFromDestroy } from "./protection.ts";

export interface CloudStorageBucketProps {
  /**
   * 3 to 63 lower-case letters, digits, hyphens and underscores, a letter or digit at each end; unique in the world, so that
   * it begins best with the id of the project.
   */
  readonly name: string;
  readonly region: string;
  /** Keep what is overwritten or deleted for 30 days more. @default true */
  readonly versioning?: boolean;
  /** Delete each object this many days after it was written. @default never */
  readonly deleteAfterDays?: number;
  /** Who may read objects: label -> e-mail of a service account. @default nobody */
  readonly readers?: Readonly<Record<string, string>>;
  /** Who may read, create, overwrite and delete objects: label -> e-mail of a service account. @default nobody */
  readonly writers?: Readonly<Record<string, string>>;
  /** Object that answers the root of a host and of each directory at a load balancer. @default none */
  readonly indexPage?: string;
  /** Object that answers with status 404 at a load balancer. @default Google's own */
  readonly notFoundPage?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Terraform refuses to delete it. One with objects in it is never deleted. @default false */
  readonly protection?: boolean;
}

/**
 * A Cloud Storage bucket in one region. Access is granted on this bucket only, to all of its objects alike, and never to the
 * public.
 *
 *     reader (service account) -> roles/storage.objectViewer -> bucket
 *     writer (service account) -> roles/storage.objectUser   -> bucket
 */
export class CloudStorageBucket extends AssertedConstruct {
  readonly resource: StorageBucket;

  constructor(scope: Construct, id: string, props: CloudStorageBucketProps) {
    super(scope, id);
    const { deleteAfterDays, readers = {}, writers = {}, labels, indexPage, notFoundPage } = props;
    if (deleteAfterDays !== undefined) this.nonZero({ deleteAfterDays });
    this.resource = new StorageBucket(this, "Resource", {
      name: props.name,
      location: props.region,
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      forceDestroy: false,
      versioning: { enabled: props.versioning ?? true },
      // Google's default; where it is not written, a change of it by hand would be no drift.
      softDeletePolicy: { retentionDurationSeconds: storageLimits.softDeleteDefault.value },
      lifecycleRule: [
        ...(deleteAfterDays === undefined ? [] : [deletion({ age: deleteAfterDays, withState: "LIVE" })]),
        // Also without versioning: what versioning has kept stays when it is switched off.
        deletion({ daysSinceNoncurrentTime: DAYS_OF_OLD_VERSIONS, withState: "ARCHIVED" }),
      ],
      ...(indexPage === undefined && notFoundPage === undefined
        ? {}
        : {
            website: {
              ...(indexPage === undefined ? {} : { mainPageSuffix: indexPage }),
              ...(notFoundPage === undefined ? {} : { notFoundPage }),
            },
          }),
      ...(labels === undefined ? {} : { labels: { ...labels } }),
      ...protectedFromDestroy(props.protection),
    });
    this.#grant("Reader", "roles/storage.objectViewer", this.entries("readers", readers));
    this.#grant("Writer", "roles/storage.objectUser", this.entries("writers", writers));
  }

  #grant(id: string, role: string, accounts: readonly (readonly [label: string, email: string])[]): void {
    for (const [label, email] of accounts) {
      new StorageBucketIamMember(this, `${id}-${label}`, {
        bucket: this.resource.name,
        role,
        member: `serviceAccount:${email}`,
      });
    }
  }
}

function deletion<Condition>(condition: Condition) {
  return { action: { type: "Delete" }, condition };
}
