import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const said = (more: Resources = {}, secret = "${google_secret_manager_secret.token.secret_id}") =>
  check(ruleById("identity/secret-value"), {
    google_secret_manager_secret: { token: { secret_id: "token" } },
    google_cloud_run_v2_job: {
      nightly: {
        name: "nightly",
        location: "europe-west1",
        template: {
          template: {
            containers: {
              image: "a",
              env: ["TOKEN", "SAME"].map((name) => ({
                name,
                value_source: { secret_key_ref: { secret, version: "1" } },
              })),
            },
          },
        },
      },
    },
    ...more,
  });
const version = (secret: string) => ({
  google_secret_manager_secret_version: { token: { secret, secret_data_wo: "x" } },
});

test("a secret that the same apply creates has a version", () => {
  expect(said(version("${google_secret_manager_secret.token.id}"))).toEqual([]);
  expect(said()).toMatchObject([
    {
      severity: "warning",
      address: "google_cloud_run_v2_job.nightly",
      message:
        'environment variable TOKEN reads the secret "token" (google_secret_manager_secret.token), which the same apply creates without a version; rejected by the API: there is no value yet, and the revision does not become ready.',
    },
  ]);
});

test("one that exists already, and a version of a secret that is not known, are not judged", () => {
  expect(said({}, "other")).toEqual([]);
  expect(said(version("${var.secret}"))).toEqual([]);
});
