import { expect, test } from "@jest/globals";
import { bucketReader } from "../../../rules/edge/bucket-reader.ts";
import { check } from "../support.ts";

const BUCKET = "${google_storage_bucket.static.name}";

function reported(others: object, bucket: unknown = BUCKET): unknown[] {
  return [
    ...check(bucketReader, {
      google_storage_bucket: { static: { name: "acme-dev-static" } },
      google_compute_backend_bucket: { static: { name: "static", bucket_name: bucket } },
      ...others,
    }),
  ];
}

const grant = (member: unknown, role: unknown = "roles/storage.objectViewer", type = "storage_bucket") => ({
  [`google_${type}_iam_member`]: { reader: { bucket: BUCKET, role, member } },
});

test.each([
  ["the service agent of the load balancer", "serviceAccount:service-1@https-lb.iam.gserviceaccount.com"],
  ["the one of signed URLs", "serviceAccount:service-1@cloud-cdn-fill.iam.gserviceaccount.com"],
  ["everybody", "allUsers"],
  ["who is not known", "${var.member}"],
])("%s may read it", (_, member) => {
  expect(reported(grant(member))).toEqual([]);
});

test("nobody, or somebody else, may not", () => {
  const finding = {
    severity: "warning",
    address: "google_compute_backend_bucket.static",
    message:
      'it serves the bucket "acme-dev-static" (google_storage_bucket.static), which nobody may read as the load balancer does; fails at run time: every request gets 403.',
  };
  expect(reported({})).toMatchObject([finding]);
  expect(reported(grant("serviceAccount:api@acme-dev.iam.gserviceaccount.com"))).toMatchObject([finding]);
  expect(reported(grant("allUsers", "roles/storage.objectCreator"))).toMatchObject([finding]);
});

test("of a bucket that others define, nothing is known", () => {
  expect(reported({}, "acme-prod-static")).toEqual([]);
});

test("nor where access lists may give it, or the project does", () => {
  expect(reported({ google_storage_default_object_acl: { all: { bucket: BUCKET } } })).toEqual([]);
  const member = "serviceAccount:service-1@https-lb.iam.gserviceaccount.com";
  expect(reported(grant(member, "roles/storage.objectViewer", "project"))).toEqual([]);
});
