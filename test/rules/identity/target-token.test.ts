import { describe, expect, test } from "@jest/globals";
import { targetToken } from "../../../rules/identity/target-token.ts";
import { check } from "../support.ts";

const token = { service_account_email: "nightly@acme-dev.iam.gserviceaccount.com" };
const JOB = "https://run.googleapis.com/v2/projects/acme-dev/locations/europe-west1/jobs/report:run";
const said = (uri: string, target: object) =>
  check(targetToken, {
    google_cloud_run_v2_service: { api: { name: "api", location: "europe-west1" } },
    google_cloud_scheduler_job: { nightly: { name: "nightly", http_target: { uri, ...target } } },
  }).map(({ message }) => message);

describe("identity/target-token", () => {
  test("an API of Google takes an access token", () => {
    expect(said(JOB, { oidc_token: token })).toEqual([
      "http_target calls the API run.googleapis.com with oidc_token; fails at run time: Google's APIs take OAuth access tokens only, every call gets 401.",
    ]);
    const half = "https://run.googleapis.com/v2/projects/acme-dev/locations/${var.region}/jobs/report:run";
    expect(said(half, { oidc_token: token })).toHaveLength(1);
    expect(said(JOB, { oauth_token: token })).toEqual([]);
  });

  test("a service takes an OpenID Connect token", () => {
    const message =
      "http_target calls a Cloud Run service with oauth_token; fails at run time: the service takes OpenID Connect tokens only, every call gets 401.";
    expect(said("https://api-123456.europe-west1.run.app/x", { oauth_token: token })).toEqual([message]);
    expect(said("${google_cloud_run_v2_service.api.uri}/x", { oauth_token: token })).toEqual([message]);
    expect(said("${google_cloud_run_v2_service.api.uri}/x", { oidc_token: token })).toEqual([]);
    expect(said("https://api.example.com/x", { oauth_token: token })).toEqual([]);
  });
});
