import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const certificateDomains = ruleById("edge/certificate-domains");

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

  test("full names pass, with or without a final dot, up to a hundred", () => {
    expect(classic("example.com.", "api.example.com")).toEqual([]);
    expect(classic(...Array.from({ length: 100 }, (_, i) => `a${i}.example.com`))).toEqual([]);
    expect(classic(...Array.from({ length: 101 }, (_, i) => `a${i}.example.com`))).toHaveLength(1);
  });

  test("a wildcard in a classic certificate is rejected", () => {
    expect(classic("example.com", "*.example.com")).toMatchObject([
      {
        severity: "error",
        address: "google_compute_managed_ssl_certificate.edge",
        message:
          'managed.domains contains "*.example.com"; rejected by the API: a classic managed certificate has no wildcards.',
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
          'managed.domains contains "*.example.com" without dns_authorizations; rejected by the API: load balancer authorization covers full domain names only.',
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
      { severity: "error", fix: 'Set domain = "example.com".' },
    ]);
  });

  test("a certificate names a domain", () => {
    expect(check(certificateDomains, edge({ certificate: { managed: { domains: [] } } }))).toMatchObject([
      {
        severity: "warning",
        message: "managed.domains is not set; rejected by the API: a certificate is for at least one domain.",
      },
    ]);
  });
});
