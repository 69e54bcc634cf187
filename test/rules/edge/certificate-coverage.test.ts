import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const certificateCoverage = ruleById("edge/certificate-coverage");

describe("edge/certificate-coverage", () => {
  const reported = (...hosts: unknown[]) =>
    check(
      certificateCoverage,
      edge({
        urlMap: {
          host_rule: { hosts, path_matcher: "all" },
          path_matcher: { name: "all", default_service: ref("google_compute_backend_service.api.id") },
        },
      }),
    );

  test("hosts of the certificate pass", () => {
    expect(reported("example.com", "api.example.com", "*", "*.example.com", ref("var.host"))).toEqual([]);
  });

  test("a host of the same domain that it does not name fails, at the certificate and at the map", () => {
    const message =
      'google_compute_url_map.edge routes "app.example.com" and its certificates are for example.com, api.example.com; fails at run time: browsers reject the certificate.';
    expect(reported("app.example.com")).toMatchObject([
      { severity: "error", address: "google_compute_managed_ssl_certificate.edge", message },
      { severity: "error", address: "google_compute_url_map.edge", message },
    ]);
  });

  test("a host of another domain is a warning, and a self-managed certificate is not read", () => {
    expect(reported("mysite.net").map(({ severity }) => severity)).toEqual(["warning", "warning"]);
    const own = edge(
      { httpsProxy: { ssl_certificates: [ref("google_compute_ssl_certificate.own.id")] } },
      { google_compute_ssl_certificate: { own: { name: "own" } } },
    );
    expect(check(certificateCoverage, own)).toEqual([]);
  });
});
