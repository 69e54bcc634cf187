import { describe, expect, test } from "@jest/globals";
import { backendsTogether } from "../../../rules/edge/backends-together.ts";
import { certificateDomains } from "../../../rules/edge/certificate-domains.ts";
import { certificateMap } from "../../../rules/edge/certificate-map.ts";
import { cloudArmor } from "../../../rules/edge/cloud-armor.ts";
import { dnsRecord } from "../../../rules/edge/dns-record.ts";
import { invoker } from "../../../rules/edge/invoker.ts";
import { partName } from "../../../rules/edge/name.ts";
import { negService } from "../../../rules/edge/neg-service.ts";
import { partKind } from "../../../rules/edge/part-kind.ts";
import { redirect } from "../../../rules/edge/redirect.ts";
import { urlMapRoutes } from "../../../rules/edge/url-map-routes.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/part-kind", () => {
  test("each part names the next one", () => {
    expect(errors(partKind, {})).toEqual([]);
    expect(errors(partKind, { urlMap: { default_service: ref("var.service") } })).toEqual([]);
  });

  test("a part that skips one is refused", () => {
    expect(
      errors(partKind, {
        urlMap: { default_service: ref("google_compute_region_network_endpoint_group.api.id") },
      }),
    ).toEqual([
      "google_compute_url_map.edge: a route names google_compute_region_network_endpoint_group.api: refused at apply, that is no part which can stand there.",
    ]);
    expect(errors(partKind, { backend: { group: ref("google_cloud_run_v2_service.api.id") } })).toHaveLength(
      1,
    );
    expect(errors(partKind, { httpsRule: { target: ref("google_compute_url_map.edge.id") } })).toHaveLength(
      1,
    );
  });
});

describe("edge/certificate-map", () => {
  const map = (entries: object) => ({
    google_certificate_manager_certificate_map: { edge: { name: "edge" } },
    google_certificate_manager_certificate_map_entry: entries as Resources[string],
  });
  const proxy = {
    httpsProxy: {
      ssl_certificates: undefined,
      certificate_map: `//certificatemanager.googleapis.com/${ref("google_certificate_manager_certificate_map.edge.id")}`,
    },
  };
  const entry = { name: "a", map: ref("google_certificate_manager_certificate_map.edge.name") };

  test("an entry for one host, or for all others, holds", () => {
    expect(errors(certificateMap, proxy, map({ a: { ...entry, hostname: "example.com" } }))).toEqual([]);
    expect(errors(certificateMap, proxy, map({ a: { ...entry, matcher: "PRIMARY" } }))).toEqual([]);
    expect(
      errors(certificateMap, proxy, map({ a: { ...entry, map: ref("var.map"), matcher: "PRIMARY" } })),
    ).toEqual([]);
  });

  test("no entry breaks at map and proxy", () => {
    expect(errors(certificateMap, proxy, map({}))).toEqual(
      ["google_certificate_manager_certificate_map.edge", "google_compute_target_https_proxy.edge"].map(
        (address) =>
          `${address}: no entry puts a certificate into google_certificate_manager_certificate_map.edge, which google_compute_target_https_proxy.edge uses: breaks at run time, no TLS handshake succeeds.`,
      ),
    );
  });

  test("an entry for both is refused", () => {
    expect(
      errors(certificateMap, proxy, map({ a: { ...entry, hostname: "example.com", matcher: "PRIMARY" } })),
    ).toHaveLength(1);
  });
});

describe("edge/cloud-armor rules", () => {
  const last = { action: "allow", priority: 2147483647, match: {} };
  const said = (...rules: object[]) =>
    errors(cloudArmor, {}, { google_compute_security_policy: { armor: { name: "armor", rule: rules } } });
  const limited = (interval: number) => ({
    action: "throttle",
    priority: 1,
    rate_limit_options: { rate_limit_threshold: { count: 100, interval_sec: interval } },
  });

  test("actions and intervals of the API hold", () => {
    expect(said({ action: "deny(403)", priority: 1 }, last)).toEqual([]);
    expect(said(limited(60), last)).toEqual([]);
  });

  test("others are refused, and a policy without its last rule", () => {
    expect(said({ action: "deny(401)", priority: 1 }, last)).toEqual([
      "google_compute_security_policy.armor: the rule of priority 1 answers deny(401): refused at apply, the choices are deny(403), deny(404) and deny(502).",
    ]);
    expect(said({ action: "block", priority: 1 }, last)).toHaveLength(1);
    expect(said({ action: "throttle", priority: 1 }, last)).toHaveLength(1);
    expect(said(limited(45), last)).toHaveLength(1);
    expect(said({ action: "deny(403)", priority: 1 })).toHaveLength(1);
  });
});

describe("what a part of the edge names", () => {
  test("a NEG takes the bare name of its service", () => {
    const service = (attribute: string) => ({
      neg: { cloud_run: { service: ref(`google_cloud_run_v2_service.api.${attribute}`) } },
    });
    expect(errors(negService, service("name"))).toEqual([]);
    expect(errors(negService, service("id"))).toEqual([
      "google_compute_region_network_endpoint_group.api: cloud_run names its service by the attribute id: refused at apply, it takes the bare name.",
    ]);
  });

  test("an instance group stands beside no serverless NEG", () => {
    expect(
      errors(
        backendsTogether,
        {
          backendService: {
            backend: [
              { group: ref("google_compute_region_network_endpoint_group.api.id") },
              { group: ref("google_compute_instance_group.vm.id") },
            ],
          },
        },
        { google_compute_instance_group: { vm: { name: "vm", zone: "europe-west1-b" } } },
      ),
    ).toHaveLength(1);
  });

  test("a certificate names a domain", () => {
    expect(check(certificateDomains, edge({ certificate: { managed: { domains: [] } } }))).toMatchObject([
      { severity: "warning", message: "the certificate names no domain: refused at apply." },
    ]);
  });

  test("a grant stands where its service runs", () => {
    const grant = (location: string) => ({
      google_cloud_run_v2_service_iam_member: {
        all: { name: "api", location, role: "roles/run.invoker", member: "allUsers" },
      },
    });
    expect(errors(invoker, {}, grant("europe-west1"))).toEqual([]);
    expect(errors(invoker, {}, grant("us-central1"))).toEqual([
      "google_cloud_run_v2_service_iam_member.all: location is us-central1, but google_cloud_run_v2_service.api runs in europe-west1: refused at apply, there is no such service there.",
    ]);
  });

  test("a record holds what its type says", () => {
    const record = (type: string) => ({
      google_dns_record_set: {
        api: {
          name: "other.example.org.",
          type,
          managed_zone: "zone",
          rrdatas: [ref("google_compute_global_address.edge.address")],
        },
      },
    });
    expect(errors(dnsRecord, {}, record("A"))).toEqual([]);
    expect(errors(dnsRecord, {}, record("CNAME"))).toEqual([
      "google_dns_record_set.api: the CNAME record holds google_compute_global_address.edge, an IPv4 address: refused at apply.",
    ]);
  });

  test("a name is taken once", () => {
    const other = { google_compute_url_map: { second: { name: "edge", default_service: "x" } } };
    const found = errors(partName, { urlMap: { name: "edge" } }, other);
    expect(found).toEqual([
      'google_compute_url_map.second: the name "edge" is also that of google_compute_url_map.edge: refused at apply, it exists already.',
    ]);
  });
});

describe("where a URL map leads", () => {
  test("a redirect that changes nothing leads to itself", () => {
    expect(
      errors(redirect, {
        redirectMap: { default_url_redirect: { https_redirect: false, strip_query: false } },
      }),
    ).toEqual([
      "google_compute_url_map.redirect: default_url_redirect changes neither scheme, host nor path: breaks at run time, every request is redirected to itself.",
    ]);
    expect(
      errors(redirect, {
        redirectMap: { default_url_redirect: { https_redirect: ref("var.https"), strip_query: false } },
      }),
    ).toEqual([]);
  });

  test("its response code is one of five", () => {
    const code = (redirect_response_code: string) => ({
      redirectMap: {
        default_url_redirect: { https_redirect: true, strip_query: false, redirect_response_code },
      },
    });
    expect(errors(redirect, code("FOUND"))).toEqual([]);
    expect(errors(redirect, code("301"))).toHaveLength(1);
  });

  test("weights end at 1000", () => {
    const split = (weight: number) => ({
      urlMap: {
        default_service: undefined,
        default_route_action: {
          weighted_backend_services: [
            { backend_service: ref("google_compute_backend_service.api.id"), weight },
          ],
        },
      },
    });
    expect(errors(urlMapRoutes, split(1000))).toEqual([]);
    expect(errors(urlMapRoutes, split(1001))).toEqual([
      "google_compute_url_map.edge: a weight is 1001, outside 0 to 1000: refused at apply.",
    ]);
  });
});
