import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const said = (image: string, repository: object = {}) =>
  check(ruleById("reachability/image-repository"), {
    google_artifact_registry_repository: {
      images: { repository_id: "images", location: "europe-west1", format: "DOCKER", ...repository },
    },
    google_cloud_run_v2_job: {
      nightly: {
        name: "nightly",
        location: "europe-west1",
        template: { template: { containers: { image } } },
      },
    },
  });

test("an image is in the location of its repository", () => {
  expect(said("europe-west1-docker.pkg.dev/acme-dev/images/nightly:1")).toEqual([]);
  expect(said("europe-docker.pkg.dev/acme-dev/images/nightly:1", { location: "EUROPE" })).toEqual([]);
  expect(said("europe-west4-docker.pkg.dev/acme-dev/images/nightly:1")).toMatchObject([
    {
      severity: "warning",
      address: "google_cloud_run_v2_job.nightly",
      message:
        "image comes from europe-west4-docker.pkg.dev, and google_artifact_registry_repository.images is in europe-west1; fails at run time: the image is not found there, and no instance starts.",
      fix: 'Write "europe-west1-docker.pkg.dev/acme-dev/images/...".',
    },
  ]);
});

test("another repository, another project, another registry and an unknown location are not judged", () => {
  expect(said("europe-west4-docker.pkg.dev/acme-dev/others/nightly:1")).toEqual([]);
  expect(said("europe-west4-docker.pkg.dev/shared/images/nightly:1")).toEqual([]);
  expect(said("gcr.io/acme-dev/images/nightly:1")).toEqual([]);
  expect(
    said("europe-west4-docker.pkg.dev/acme-dev/images/nightly:1", { location: "${var.location}" }),
  ).toEqual([]);
});
