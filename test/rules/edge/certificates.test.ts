import { describe, expect, test } from "@jest/globals";
import { certificateCoverage } from "../../../rules/edge/certificate-coverage.ts";
import { certificateDomains } from "../../../rules/edge/certificate-domains.ts";
import { proxyCertificates } from "../../../rules/edge/proxy-certificates.ts";
import { sslPolicy } from "../../../rules/edge/ssl-policy.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

describe("edge/certificate-domains", () => {
  const classic = (...domains: unknown[]) =>
    check(certificateDomains, edge({ certificate: { managed: { domains } } }));
  const managed = (domains: string[], authorizations: string[] | undefined) =>
    check(certificateDomains, {
      google_certificate_manager_certificate: {
        edge: { name: "edge", managed: { domains, dns_authorizations: authorizations } },
      },
      google_certificate_manager_dns_authorization: { main: { name: "main", domain: "example.com" } },
    });
  const main = ref("google_certificate_manager_dns_authorization.main.id");

  test("full names hold, with or without a final dot, up to a hundred", () => {
    expect(classic("example.com.", "api.example.com")).toEqual([]);
    expect(classic(...Array.from({ length: 100 }, (_, i) => `a${i}.example.com`))).toEqual([]);
    expect(classic(...Array.from({ length: 101 }, (_, i) => `a${i}.example.com`))).toHaveLength(1);
  });

  test("a wildcard in a classic certificate is refused", () => {
    expect(classic("example.com", "*.example.com")).toMatchObject([
      {
        severity: "error",
        address: "google_compute_managed_ssl_certificate.edge",
        message:
          '"*.example.com" is a wildcard: refused at apply, a classic managed certificate takes full names only.',
      },
    ]);
    expect(classic("https://example.com")).toHaveLength(1);
    expect(classic(ref("var.domain"))).toEqual([]);
  });

  test("in Certificate Manager it needs a DNS authorization of its domain", () => {
    expect(managed(["example.com", "*.example.com"], [main])).toEqual([]);
    expect(managed(["*.example.com"], undefined)).toMatchObject([
      {
        severity: "error",
        address: "google_certificate_manager_certificate.edge",
        message:
          '"*.example.com" is a wildcard without dns_authorizations: refused at apply, load balancer authorization covers full names only.',
      },
    ]);
    expect(managed(["*.example.org"], [main])).toHaveLength(1);
    expect(managed(["www.example.com"], undefined)).toEqual([]);
  });

  test("an authorization names the bare domain", () => {
    const resources = {
      google_certificate_manager_dns_authorization: { wild: { name: "wild", domain: "*.example.com" } },
    };
    expect(check(certificateDomains, resources)).toMatchObject([
      { severity: "error", fix: 'Write "example.com".' },
    ]);
  });
});

describe("edge/certificate-coverage", () => {
  const said = (...hosts: unknown[]) =>
    check(
      certificateCoverage,
      edge({
        urlMap: {
          host_rule: { hosts, path_matcher: "all" },
          path_matcher: { name: "all", default_service: ref("google_compute_backend_service.api.id") },
        },
      }),
    );

  test("hosts of the certificate hold", () => {
    expect(said("example.com", "api.example.com", "*", "*.example.com", ref("var.host"))).toEqual([]);
  });

  test("a host of the same domain that it does not name breaks, at the certificate and at the map", () => {
    const message =
      'google_compute_url_map.edge routes "app.example.com", but its certificates are for example.com, api.example.com: breaks at run time, the TLS handshake for it fails.';
    expect(said("app.example.com")).toMatchObject([
      { severity: "error", address: "google_compute_managed_ssl_certificate.edge", message },
      { severity: "error", address: "google_compute_url_map.edge", message },
    ]);
  });

  test("a host of another domain is doubted, and a self-managed certificate is not read", () => {
    expect(said("mysite.net").map(({ severity }) => severity)).toEqual(["warning", "warning"]);
    const own = edge(
      { httpsProxy: { ssl_certificates: [ref("google_compute_ssl_certificate.own.id")] } },
      { google_compute_ssl_certificate: { own: { name: "own" } } },
    );
    expect(check(certificateCoverage, own)).toEqual([]);
  });
});

describe("edge/proxy-certificates", () => {
  const certificateManager = {
    google_certificate_manager_certificate: { edge: { name: "edge" } },
    google_certificate_manager_certificate_map: { edge: { name: "edge" } },
  };
  const said = (httpsProxy: object, rule: object = {}) =>
    check(
      proxyCertificates,
      edge({ httpsProxy: { ...httpsProxy }, httpsRule: { ...rule } }, certificateManager),
    );
  const certificate = ref("google_certificate_manager_certificate.edge.id");
  const mapId = ref("google_certificate_manager_certificate_map.edge.id");

  test("classic certificates hold, up to fifteen, and a certificate map by its full name", () => {
    expect(said({})).toEqual([]);
    const one = ref("google_compute_managed_ssl_certificate.edge.id");
    expect(said({ ssl_certificates: Array.from({ length: 15 }, () => one) })).toEqual([]);
    expect(said({ ssl_certificates: Array.from({ length: 16 }, () => one) })).toHaveLength(1);
    const full = `//certificatemanager.googleapis.com/${mapId}`;
    expect(said({ ssl_certificates: undefined, certificate_map: full })).toEqual([]);
  });

  test("no certificate is refused", () => {
    expect(said({ ssl_certificates: undefined })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message: "the HTTPS proxy has no certificate: refused at apply.",
      },
    ]);
  });

  test("a certificate of Certificate Manager is refused in ssl_certificates, and as such before an external rule", () => {
    expect(said({ ssl_certificates: [certificate] })).toMatchObject([{ severity: "error" }]);
    const own = { ssl_certificates: undefined, certificate_manager_certificates: [certificate] };
    expect(said(own)).toMatchObject([{ severity: "error" }]);
    expect(said(own, { load_balancing_scheme: "INTERNAL_MANAGED" })).toEqual([]);
  });

  test("a certificate map by its bare id is refused, beside classic certificates it is advice", () => {
    expect(said({ ssl_certificates: undefined, certificate_map: mapId })).toMatchObject([
      { severity: "error" },
    ]);
    expect(said({ certificate_map: `//certificatemanager.googleapis.com/${mapId}` })).toMatchObject([
      { severity: "warning" },
    ]);
  });
});

describe("edge/ssl-policy", () => {
  const said = (policy: object) =>
    check(sslPolicy, { google_compute_ssl_policy: { edge: { name: "edge", ...policy } } }).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );

  test("MODERN from TLS 1.2 holds", () => {
    expect(said({ profile: "MODERN", min_tls_version: "TLS_1_2" })).toEqual([]);
  });

  test("TLS 1.3 is not in provider 6.50, TLS 1.0 is advice", () => {
    expect(said({ min_tls_version: "TLS_1_3" })).toEqual([
      'error: min_tls_version is "TLS_1_3": refused at plan, provider 6.50 takes TLS_1_0, TLS_1_1, TLS_1_2.',
    ]);
    expect(said({})).toEqual([
      "warning: min_tls_version is TLS_1_0 by default: clients may use versions of TLS that are broken.",
    ]);
  });

  test("custom features go with CUSTOM only", () => {
    const features = {
      custom_features: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
      min_tls_version: "TLS_1_2",
    };
    expect(said({ profile: "CUSTOM", ...features })).toEqual([]);
    expect(said({ profile: "MODERN", ...features })).toHaveLength(1);
    expect(said({ profile: "CUSTOM", min_tls_version: "TLS_1_2" })).toHaveLength(1);
    expect(said({ profile: ref("var.profile"), ...features })).toEqual([]);
  });

  test("a proxy without a policy is advice", () => {
    expect(check(sslPolicy, edge({ httpsProxy: { ssl_policy: undefined } }))).toMatchObject([
      { severity: "warning", address: "google_compute_target_https_proxy.edge" },
    ]);
  });
});
