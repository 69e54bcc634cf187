import { describe, expect, test } from "@jest/globals";
import { mountedBucket } from "../../../rules/identity/mounted-bucket.ts";
import { check } from "../support.ts";

const MEMBER = "serviceAccount:${google_service_account.api.email}";
const BUCKET = "${google_storage_bucket.uploads.name}";

interface Given {
  readonly bucket?: unknown;
  readonly readOnly?: boolean | undefined;
  readonly grants?: object;
}

/** A service that mounts the bucket, and a job that does so in the same way. */
function found({ bucket = BUCKET, readOnly = true, grants = {} }: Given = {}): string[] {
  const template = {
    service_account: "${google_service_account.api.email}",
    volumes: [
      { name: "up", gcs: { bucket, ...(readOnly === undefined ? {} : { read_only: readOnly }) } },
      { name: "tmp", empty_dir: { medium: "MEMORY" } },
    ],
    containers: [{ image: "image", volume_mounts: [{ name: "up", mount_path: "/up" }] }],
  };
  const all = check(mountedBucket, {
    google_service_account: { api: { account_id: "api-runtime" }, other: { account_id: "other-runtime" } },
    google_storage_bucket: {
      uploads: { name: "acme-dev-uploads", location: "europe-west1" },
      exports: { name: "acme-dev-exports", location: "europe-west1" },
    },
    google_cloud_run_v2_service: { api: { name: "api", location: "europe-west1", template } },
    google_cloud_run_v2_job: { api: { name: "api", location: "europe-west1", template: { template } } },
    ...grants,
  });
  const said = (type: string): string[] =>
    all
      .filter(({ address }) => address === `${type}.api`)
      .map(({ severity, message }) => `${severity} ${message}`);
  expect(said("google_cloud_run_v2_job")).toEqual(said("google_cloud_run_v2_service"));
  return said("google_cloud_run_v2_service");
}

const on = (role: string, more: object = {}) => ({
  google_storage_bucket_iam_member: { grant: { bucket: BUCKET, role, member: MEMBER, ...more } },
});
const DENIED =
  'error the volume "up" is of the bucket "acme-dev-uploads" (google_storage_bucket.uploads), on which google_service_account.api has no role; fails at run time: it cannot be mounted, and no instance starts.';

describe("identity/mounted-bucket", () => {
  test("a bucket on which the account has no role cannot be mounted", () => {
    expect(found()).toEqual([DENIED]);
    expect(found({ bucket: "acme-dev-uploads" })).toEqual([DENIED]);
  });

  test("a role on another bucket, of another account, or of another kind is none of that", () => {
    for (const grants of [
      on("roles/storage.objectViewer", { bucket: "${google_storage_bucket.exports.name}" }),
      on("roles/storage.objectViewer", { member: "serviceAccount:${google_service_account.other.email}" }),
      on("roles/storage.objectCreator"),
    ])
      expect(found({ grants })).toEqual([DENIED]);
  });

  test("a role on the bucket, by name, reference or binding, or on the project is enough", () => {
    const viewer = { project: "acme-dev", role: "roles/viewer", member: MEMBER };
    for (const grants of [
      on("roles/storage.objectViewer"),
      on("roles/storage.objectViewer", { bucket: "b/acme-dev-uploads" }),
      on("roles/storage.objectUser", { bucket: "acme-dev-uploads" }),
      on("projects/acme-dev/roles/reader"),
      on("roles/storage.objectViewer", { member: "allUsers" }),
      {
        google_storage_bucket_iam_binding: {
          grant: { bucket: BUCKET, role: "roles/storage.admin", members: [MEMBER] },
        },
      },
      { google_project_iam_member: { grant: viewer } },
    ])
      expect(found({ grants })).toEqual([]);
  });

  test("a role that lists a bucket reads none of its objects, unless another one does", () => {
    const listed = DENIED.replace(
      "on which google_service_account.api has no role; fails at run time: it cannot be mounted, and no instance starts.",
      "of which google_service_account.api may list the objects and read none; fails at run time: every file that is read is denied.",
    );
    for (const role of ["legacyBucketReader", "legacyBucketWriter", "legacyBucketOwner"]) {
      const grant = { bucket: BUCKET, role: `roles/storage.${role}`, member: MEMBER };
      expect(found({ grants: { google_storage_bucket_iam_member: { grant } } })).toEqual([listed]);
      const read = { ...grant, role: "roles/storage.legacyObjectReader" };
      expect(found({ grants: { google_storage_bucket_iam_member: { grant, read } } })).toEqual([]);
    }
  });

  test("who may only read cannot write, unless the volume is read-only or does not say", () => {
    const grants = on("roles/storage.objectViewer");
    expect(found({ grants, readOnly: false })).toEqual([
      'warning the volume "up" is of the bucket "acme-dev-uploads" (google_storage_bucket.uploads) and is not read-only, and google_service_account.api may only read it; fails at run time: every file that is written is denied.',
    ]);
    expect(found({ grants: on("roles/storage.objectUser"), readOnly: false })).toEqual([]);
    expect(found({ grants, readOnly: undefined })).toEqual([]);
  });

  test("a name that is nearly one of a bucket may be misspelled", () => {
    expect(found({ bucket: "acme-dev-upload", grants: on("roles/storage.objectViewer") })).toEqual([
      'warning the volume "up" is of the bucket "acme-dev-upload", which is not defined; the nearest is google_storage_bucket.uploads ("acme-dev-uploads"); fails at run time: it cannot be mounted, and no instance starts.',
    ]);
    expect(found({ bucket: "shared-archive" })).toEqual([]);
  });

  test("what is not known is not judged: another bucket, and access by lists", () => {
    expect(found({ bucket: "${var.bucket}" })).toEqual([]);
    const lists = { google_storage_bucket_acl: { acl: { bucket: BUCKET, role_entity: ["READER:user-x"] } } };
    expect(found({ grants: lists })).toEqual([]);
  });
});
