import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, reportedFor } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const sslPolicy = ruleById("edge/ssl-policy");

describe("edge/ssl-policy", () => {
  const reported = (policy: object) =>
    check(sslPolicy, { google_compute_ssl_policy: { edge: { name: "edge", ...policy } } }).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );

  test("MODERN from TLS 1.2 passes", () => {
    expect(reported({ profile: "MODERN", min_tls_version: "TLS_1_2" })).toEqual([]);
  });

  test("TLS 1.3 is rejected before provider 7.17.0", () => {
    const withTls13 = (version: string) =>
      reportedFor(version, sslPolicy, {
        google_compute_ssl_policy: {
          edge: { name: "edge", profile: "RESTRICTED", min_tls_version: "TLS_1_3" },
        },
      });
    expect(withTls13("6.50.0")).toEqual([
      'error google_compute_ssl_policy.edge: min_tls_version is "TLS_1_3"; rejected at plan: the provider takes it from 7.17.0 on.',
    ]);
    expect(withTls13(">= 7.17")).toEqual([]);
  });

  test("TLS 1.3 as the minimum goes with RESTRICTED, and FIPS_202205 with TLS 1.2", () => {
    const newest = (policy: object) =>
      reportedFor(">= 7.17", sslPolicy, { google_compute_ssl_policy: { edge: { name: "edge", ...policy } } });
    expect(newest({ profile: "RESTRICTED", min_tls_version: "TLS_1_3" })).toEqual([]);
    expect(newest({ profile: "FIPS_202205", min_tls_version: "TLS_1_2" })).toEqual([]);
    expect(newest({ profile: "MODERN", min_tls_version: "TLS_1_3" })).toEqual([
      'error google_compute_ssl_policy.edge: min_tls_version is "TLS_1_3" and profile is "MODERN"; rejected by the API: TLS 1.3 as the minimum goes with RESTRICTED.',
    ]);
    expect(newest({ profile: "FIPS_202205", min_tls_version: "TLS_1_3" })).toHaveLength(1);
  });

  test("TLS 1.0 is a warning", () => {
    expect(reported({})).toEqual([
      "warning: min_tls_version is not set; is a security risk: clients may negotiate TLS 1.0 or 1.1, which are broken.",
    ]);
  });

  test("custom features go with CUSTOM only", () => {
    const features = {
      custom_features: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
      min_tls_version: "TLS_1_2",
    };
    expect(reported({ profile: "CUSTOM", ...features })).toEqual([]);
    expect(reported({ profile: "MODERN", ...features })).toHaveLength(1);
    expect(reported({ profile: "CUSTOM", min_tls_version: "TLS_1_2" })).toHaveLength(1);
    expect(reported({ profile: ref("var.profile"), ...features })).toEqual([]);
  });

  test("a proxy without a policy is a warning", () => {
    expect(check(sslPolicy, edge({ httpsProxy: { ssl_policy: undefined } }))).toMatchObject([
      { severity: "warning", address: "google_compute_target_https_proxy.edge" },
    ]);
  });
});
