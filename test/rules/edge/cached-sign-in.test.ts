import { expect, test } from "@jest/globals";
import { cachedSignIn } from "../../../rules/edge/cached-sign-in.ts";
import { check } from "../support.ts";

function reported(cdn: unknown, iap: unknown): unknown[] {
  return [
    ...check(cachedSignIn, {
      google_cloud_run_v2_service: {
        docs: { name: "docs", location: "europe-west1", iap_enabled: iap, template: { containers: {} } },
      },
      google_compute_region_network_endpoint_group: {
        docs: { region: "europe-west1", cloud_run: { service: "${google_cloud_run_v2_service.docs.name}" } },
      },
      google_compute_backend_service: {
        docs: {
          load_balancing_scheme: "EXTERNAL_MANAGED",
          enable_cdn: cdn,
          backend: { group: "${google_compute_region_network_endpoint_group.docs.id}" },
        },
      },
    }),
  ];
}

test("a cache answers people who have not signed in", () => {
  expect(reported(true, true)).toMatchObject([
    {
      address: "google_compute_backend_service.docs",
      message:
        "enable_cdn is true, and people sign in to google_cloud_run_v2_service.docs behind it (iap_enabled); is a security risk: kept responses are answered to people who have not signed in.",
    },
  ]);
});

test.each([
  [false, true],
  [undefined, true],
  [true, false],
  [true, undefined],
  [true, "${var.iap}"],
  ["${var.cdn}", true],
])("enable_cdn %s with iap_enabled %s is not reported", (cdn, iap) => {
  expect(reported(cdn, iap)).toEqual([]);
});
