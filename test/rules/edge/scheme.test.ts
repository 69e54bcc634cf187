import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, reportedFor } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const scheme = ruleById("edge/scheme");

describe("edge/scheme", () => {
  const reported = (httpsRule: object, backendService: object) =>
    check(scheme, edge({ httpsRule: { ...httpsRule }, backendService: { ...backendService } }));

  test("the same scheme passes, and an EXTERNAL rule before EXTERNAL_MANAGED", () => {
    expect(reported({}, {})).toEqual([]);
    expect(reported({ load_balancing_scheme: "EXTERNAL" }, {})).toEqual([]);
  });

  test("the reverse is rejected, at both ends, the default included", () => {
    const message =
      "load_balancing_scheme of google_compute_global_forwarding_rule.https is EXTERNAL_MANAGED, and that of its backend service google_compute_backend_service.api is EXTERNAL by default; rejected by the API: a forwarding rule reaches backend services of its own scheme only.";
    expect(reported({}, { load_balancing_scheme: undefined })).toMatchObject([
      { severity: "error", address: "google_compute_backend_service.api", message },
      { severity: "error", address: "google_compute_global_forwarding_rule.https", message },
    ]);
  });

  test("the default is EXTERNAL until 8.0.0 and EXTERNAL_MANAGED since", () => {
    const withDefault = (version: string) =>
      reportedFor(version, scheme, edge({ backendService: { load_balancing_scheme: undefined } }));
    expect(withDefault("~> 8.0")).toEqual([]);
    expect(withDefault("~> 6.0")).toHaveLength(2);
    expect(withDefault("~> 6.0")[0]).toMatch(/^error .* is EXTERNAL by default; rejected by the API/);
    expect(withDefault(">= 6.0")[0]).toMatch(/^warning .* \(provider before 8\.0\.0\)\.$/);
  });

  test("two defaults are of one version", () => {
    const bare = { load_balancing_scheme: undefined };
    expect(check(scheme, edge({ httpsRule: bare, backendService: bare }))).toEqual([]);
  });

  test("the defaults of regional parts are EXTERNAL and INTERNAL", () => {
    const regional = {
      google_compute_region_backend_service: { tcp: { name: "tcp", region: "europe-west1" } },
      google_compute_forwarding_rule: {
        tcp: {
          name: "tcp",
          region: "europe-west1",
          backend_service: ref("google_compute_region_backend_service.tcp.id"),
        },
      },
    };
    expect(check(scheme, regional).map(({ message }) => message)).toContainEqual(
      expect.stringContaining("is EXTERNAL by default, and that of its backend service"),
    );
  });

  test("an unknown scheme is not reported", () => {
    expect(reported({ load_balancing_scheme: ref("var.scheme") }, {})).toEqual([]);
  });
});
