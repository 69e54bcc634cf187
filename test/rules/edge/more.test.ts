import { describe, expect, test } from "@jest/globals";
import { backendService } from "../../../rules/edge/backend-service.ts";
import { cdnPolicy } from "../../../rules/edge/cdn-policy.ts";
import { dnsRecord } from "../../../rules/edge/dns-record.ts";
import { forwardingPort } from "../../../rules/edge/forwarding-port.ts";
import { negService } from "../../../rules/edge/neg-service.ts";
import { proxySubnet } from "../../../rules/edge/proxy-subnet.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

describe("edge/cdn-policy", () => {
  const said = (policy: object) =>
    check(cdnPolicy, edge({ backendService: { enable_cdn: true, cdn_policy: policy } }));

  test("life times up to the maximum hold", () => {
    expect(
      said({ cache_mode: "CACHE_ALL_STATIC", default_ttl: 3600, client_ttl: 3600, max_ttl: 3600 }),
    ).toEqual([]);
    expect(said({ cache_mode: "USE_ORIGIN_HEADERS", default_ttl: 0, max_ttl: 0 })).toEqual([]);
  });

  test("one above it is refused, and any beside the origin's headers", () => {
    expect(said({ cache_mode: "CACHE_ALL_STATIC", default_ttl: 3601, max_ttl: 3600 })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message: "default_ttl is 3601 s, above max_ttl of 3600 s: refused at apply.",
      },
    ]);
    expect(said({ cache_mode: "USE_ORIGIN_HEADERS", default_ttl: 60 })).toHaveLength(1);
    expect(said({ cache_mode: "CACHE_ALL_STATIC", max_ttl: 31622401 })).toHaveLength(1);
  });
});

describe("edge/dns-record", () => {
  const said = (name: string, address: string) =>
    check(
      dnsRecord,
      edge(
        {},
        {
          google_compute_global_address: { old: { name: "old" } },
          google_dns_record_set: { api: { name, type: "A", managed_zone: "main", rrdatas: [ref(address)] } },
        },
      ),
    );

  test("a record of the address in use holds, and any of another name", () => {
    expect(said("api.example.com.", "google_compute_global_address.edge.address")).toEqual([]);
    expect(said("old.example.com.", "google_compute_global_address.old.address")).toEqual([]);
  });

  test("one of an address that nothing uses breaks", () => {
    expect(said("api.example.com.", "google_compute_global_address.old.address")).toMatchObject([
      {
        severity: "error",
        address: "google_dns_record_set.api",
        message:
          '"api.example.com" leads to google_compute_global_address.old, but its certificate is shown at google_compute_global_address.edge by google_compute_global_forwarding_rule.https: breaks at run time, nothing answers there.',
      },
    ]);
  });
});

describe("edge/proxy-subnet", () => {
  const said = (...subnets: object[]) =>
    check(proxySubnet, {
      google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
      google_compute_subnetwork: Object.fromEntries(
        subnets.map((subnet, index) => [
          `s${index}`,
          {
            name: `s${index}`,
            region: "europe-west1",
            network: ref("google_compute_network.main.id"),
            ...subnet,
          },
        ]),
      ),
      google_compute_region_url_map: { web: { name: "web" } },
      google_compute_region_target_http_proxy: {
        web: { name: "web", url_map: ref("google_compute_region_url_map.web.id") },
      },
      google_compute_forwarding_rule: {
        web: {
          name: "web",
          region: "europe-west1",
          load_balancing_scheme: "INTERNAL_MANAGED",
          target: ref("google_compute_region_target_http_proxy.web.id"),
          network: ref("google_compute_network.main.id"),
        },
      },
    });

  test("a proxy-only subnet in the region holds", () => {
    expect(said({}, { purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" })).toEqual([]);
  });

  test("none, or one elsewhere, is refused", () => {
    expect(said({})).toMatchObject([
      {
        severity: "error",
        address: "google_compute_forwarding_rule.web",
        message:
          "google_compute_network.main has subnets here, but no proxy-only one in europe-west1: refused at apply, the proxies of this INTERNAL_MANAGED rule have no addresses.",
      },
    ]);
    expect(said({}, { purpose: "REGIONAL_MANAGED_PROXY", region: "us-central1" })).toHaveLength(1);
  });

  test("where no subnet is defined here, or one is unclear, nothing is said", () => {
    expect(said()).toEqual([]);
    expect(said({}, { network: ref("var.network") })).toEqual([]);
    expect(said({ purpose: ref("var.purpose") })).toEqual([]);
  });
});

describe("edge/backend-service behind a proxy", () => {
  test("HTTP and HTTPS hold, TCP is refused", () => {
    expect(check(backendService, edge({ backendService: { protocol: "HTTP2" } }))).toEqual([]);
    expect(check(backendService, edge({ backendService: { protocol: "TCP" } }))).toMatchObject([
      { severity: "error", address: "google_compute_backend_service.api" },
    ]);
  });

  test("IAP needs HTTPS", () => {
    const iap = { iap: { enabled: true } };
    expect(check(backendService, edge({ backendService: iap }))).toEqual([]);
    const plain = edge({
      backendService: iap,
      httpProxy: { url_map: ref("google_compute_url_map.edge.id") },
      httpsProxy: { url_map: ref("google_compute_url_map.redirect.id") },
    });
    expect(check(backendService, plain)).toMatchObject([{ severity: "error" }]);
  });

  test("a header is a name and a value, a sample rate a share", () => {
    const headers = (header: string) =>
      check(backendService, edge({ backendService: { custom_request_headers: [header] } }));
    expect(headers("X-Client: {client_region}")).toEqual([]);
    expect(headers("X-Client")).toHaveLength(1);
    const sampled = (sample_rate: number) =>
      check(backendService, edge({ backendService: { log_config: { enable: true, sample_rate } } }));
    expect(sampled(1)).toEqual([]);
    expect(sampled(100)).toHaveLength(1);
  });
});

describe("edge/forwarding-port of a managed certificate", () => {
  test("8443 alone breaks, beside 443 it holds", () => {
    expect(check(forwardingPort, edge({ httpsRule: { port_range: "8443" } }))).toMatchObject([
      {
        severity: "error",
        address: "google_compute_global_forwarding_rule.https",
        message:
          "port 8443 is the only way to google_compute_target_https_proxy.edge: breaks at run time, google_compute_managed_ssl_certificate.edge is issued only where port 443 answers.",
      },
    ]);
    const second = {
      name: "second",
      target: ref("google_compute_target_https_proxy.edge.id"),
      port_range: "8443",
      load_balancing_scheme: "EXTERNAL_MANAGED",
      ip_address: ref("google_compute_global_address.edge.id"),
    };
    expect(check(forwardingPort, edge({}, { google_compute_global_forwarding_rule: { second } }))).toEqual(
      [],
    );
  });
});

describe("edge/neg-service by count", () => {
  test("services of one name in several regions each have their NEG", () => {
    const run = (location: string) => ({ name: "api", location, template: {} });
    const neg = (region: string) => ({ name: "neg", region, cloud_run: { service: "api" } });
    const resources = {
      google_cloud_run_v2_service: { eu: run("europe-west1"), us: run("us-central1") },
      google_compute_region_network_endpoint_group: { eu: neg("europe-west1"), us: neg("us-central1") },
    };
    expect(check(negService, resources)).toEqual([]);
  });
});
