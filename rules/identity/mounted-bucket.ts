import { type Grant, type Held, holdsRole, isAbove, runsAs } from "../../analysis/identity/grants.ts";
import { nameOf, nearestHint } from "../../analysis/references/names.ts";
import { type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { isNearMiss } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";

const BUCKET = ["google_storage_bucket"];
const BUCKET_IN_PATH = /^b\//;

/** Roles with which an account may read and write objects; the first is the one to grant. */
const USERS = [
  "roles/storage.objectUser",
  "roles/storage.objectAdmin",
  "roles/storage.admin",
  "roles/editor",
  "roles/owner",
];
/**
 * Roles that write objects and list them, and read none.
 * https://docs.cloud.google.com/storage/docs/access-control/iam-roles#legacy-roles
 */
const LEGACY_WRITERS = ["roles/storage.legacyBucketWriter", "roles/storage.legacyBucketOwner"];
const WRITERS = [...USERS, ...LEGACY_WRITERS];
/** Roles with which an account may read objects, on the bucket or above it; the first is the one to grant. */
export const READERS: readonly string[] = [
  "roles/storage.objectViewer",
  "roles/storage.legacyObjectReader",
  "roles/storage.legacyObjectOwner",
  "roles/viewer",
  ...USERS,
];
/** Roles with which a bucket can be mounted, whatever may be read in it. */
const LISTERS = ["roles/storage.legacyBucketReader", ...LEGACY_WRITERS];

/** Access that is no grant of IAM. */
const ACCESS_LISTS = [
  "google_storage_bucket_acl",
  "google_storage_bucket_access_control",
  "google_storage_default_object_acl",
  "google_storage_default_object_access_control",
] as const;

/** Whoever mounts a bucket may read it, and write it where the mount is not read-only. */
export const mountedBucket: Rule = {
  id: "identity/mounted-bucket",
  why: "Cloud Run mounts a bucket as the service account of the workload: without a role on it no instance starts, and without one that writes no file can be written.",
  limit:
    "a role of Cloud Storage for the workload's service account on each bucket that it mounts, or above it: roles/storage.objectViewer where the volume is read-only, else roles/storage.objectUser",
  fix: "Add a google_storage_bucket_iam_member for the service account.",
  source: "https://docs.cloud.google.com/run/docs/configuring/services/cloud-storage-volume-mounts",
  *check(graph) {
    // Without uniform access, these may give what no grant gives.
    if (graph.all(...ACCESS_LISTS).length > 0) return;
    for (const workload of workloads(graph)) yield* evaluate(graph, workload);
  },
};

function* evaluate(graph: Graph, { resource, volumes, serviceAccount }: Workload): Iterable<Violation> {
  const account = runsAs(graph, serviceAccount, resource);
  for (const volume of volumes) {
    const target = graph.target(volume.get("gcs.bucket"), BUCKET, resource);
    const label = `the volume "${volume.string("name") ?? "?"}"`;
    if (target.kind === "missing" && isNear(target.name, target.nearest))
      yield {
        resource,
        // Names of buckets are unique in the world: another project may have one of this name.
        severity: "warning",
        message: `${label} is of the bucket "${target.name}", which is not defined${nearestHint(target)}; fails at run time: it cannot be mounted, and no instance starts.`,
        fix: `Name ${target.nearest?.address ?? "a bucket that exists"}.`,
      };
    if (target.kind !== "resource" || account === undefined) continue;
    const bucket = target.resource;
    const held = (roles: readonly string[]): Held =>
      holdsRole(graph, account, roles, (grant) => covers(graph, grant, bucket));
    const what = `${label} is of the bucket "${nameOf(bucket) ?? bucket.address}" (${bucket.address})`;
    if (held(READERS) === "no")
      yield {
        resource,
        message:
          held(LISTERS) === "yes"
            ? `${what}, of which ${account.address} may list the objects and read none; fails at run time: every file that is read is denied.`
            : `${what}, on which ${account.address} has no role; fails at run time: it cannot be mounted, and no instance starts.`,
        fix: `Grant ${volume.boolean("gcs.read_only") === true ? READERS[0] : WRITERS[0]} on ${bucket.address} to ${account.address}.`,
      };
    else if (volume.boolean("gcs.read_only") === false && held(WRITERS) === "no")
      yield {
        resource,
        severity: "warning",
        message: `${what} and is not read-only, and ${account.address} may only read it; fails at run time: every file that is written is denied.`,
        fix: `Set read_only to true, or grant ${WRITERS[0]} on ${bucket.address} to ${account.address}.`,
      };
  }
}

function isNear(name: string, bucket: Resource | undefined): boolean {
  const other = bucket === undefined ? undefined : nameOf(bucket);
  return other !== undefined && isNearMiss(name, other);
}

function covers(graph: Graph, grant: Grant, bucket: Resource): Held {
  if (isAbove(grant)) return "yes";
  if (grant.scope !== "storage_bucket") return "no";
  const written = grant.resource.get("bucket");
  const value = typeof written === "string" ? written.replace(BUCKET_IN_PATH, "") : written;
  const target = graph.target(value, BUCKET, grant.resource);
  return target.kind === "resource" ? (target.resource === bucket ? "yes" : "no") : "maybe";
}
