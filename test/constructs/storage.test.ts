import { describe, expect, test } from "@jest/globals";
import { CloudStorageBucket, type CloudStorageBucketProps } from "../../constructs/cloud-storage-bucket.ts";
import { constructJson } from "../support/construct.ts";
import { resource, resources } from "../support/synthesized.ts";

describe("CloudStorageBucket", () => {
  const built = (props: Partial<CloudStorageBucketProps> = {}) =>
    constructJson(
      (stack) =>
        new CloudStorageBucket(stack, "uploads", { name: "acme-uploads", region: "europe-west1", ...props }),
    );
  const bucket = (props?: Partial<CloudStorageBucketProps>) =>
    resource(built(props), "google_storage_bucket");

  test("is open to nobody, keeps old versions for 30 days, and is not deleted with objects in it", () => {
    const json = built();
    expect(resource(json, "google_storage_bucket")).toMatchObject({
      name: "acme-uploads",
      location: "europe-west1",
      storage_class: "STANDARD",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      force_destroy: false,
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 604_800 },
      lifecycle_rule: [
        { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 30, with_state: "ARCHIVED" } },
      ],
    });
    expect(resource(json, "google_storage_bucket").lifecycle).toBeUndefined();
    expect(resources(json, "google_storage_bucket_iam_member")).toEqual([]);
  });

  test("deletes objects of an age, and their versions 30 days later", () => {
    expect(bucket({ deleteAfterDays: 90 }).lifecycle_rule).toEqual([
      { action: { type: "Delete" }, condition: { age: 90, with_state: "LIVE" } },
      { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 30, with_state: "ARCHIVED" } },
    ]);
  });

  test("without versioning it still deletes the versions that it once kept", () => {
    const { versioning, lifecycle_rule } = bucket({ versioning: false });
    expect(versioning).toEqual({ enabled: false });
    expect(lifecycle_rule).toEqual(bucket().lifecycle_rule);
  });

  test("with protection, Terraform does not destroy it", () => {
    expect(bucket({ protection: true }).lifecycle).toEqual({ prevent_destroy: true });
  });

  test("readers and writers have a role on this bucket alone", () => {
    const json = built({
      readers: { report: "report@p.iam.gserviceaccount.com" },
      writers: { api: "api@p.iam.gserviceaccount.com" },
    });
    const [address] = Object.keys(json.resource.google_storage_bucket);
    expect(resources(json, "google_storage_bucket_iam_member")).toEqual([
      expect.objectContaining({
        bucket: `\${google_storage_bucket.${address}.name}`,
        role: "roles/storage.objectViewer",
        member: "serviceAccount:report@p.iam.gserviceaccount.com",
      }),
      expect.objectContaining({
        bucket: `\${google_storage_bucket.${address}.name}`,
        role: "roles/storage.objectUser",
        member: "serviceAccount:api@p.iam.gserviceaccount.com",
      }),
    ]);
  });
});
