import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check, type Resources } from "../support.ts";

const forwarding = (port_range: string, target: string) => ({
  name: `port-${port_range}`,
  load_balancing_scheme: "EXTERNAL_MANAGED",
  ip_address: "${google_compute_global_address.main.id}",
  port_range,
  target,
});
const http = { http: forwarding("80", "${google_compute_target_http_proxy.main.id}") };
const https = { https: forwarding("443", "${google_compute_target_https_proxy.main.id}") };

function said(urlMap: object, rules: object, others: Resources = {}) {
  return check(ruleById("edge/https-front-end"), {
    google_compute_global_address: { main: { name: "main" } },
    google_compute_url_map: { main: { name: "main", ...urlMap } },
    google_compute_target_http_proxy: {
      main: { name: "main", url_map: "${google_compute_url_map.main.id}" },
    },
    google_compute_target_https_proxy: { main: { name: "main", url_map: "projects/p/global/urlMaps/other" } },
    google_compute_global_forwarding_rule: rules as Resources[string],
    ...others,
  }).map(({ severity, address, message }) => `${severity} ${address}: ${message}`);
}
const redirect = { default_url_redirect: { https_redirect: true, strip_query: false } };
const routes = {
  default_service: "projects/p/global/backendServices/b",
  host_rule: { hosts: ["shop.example.com"], path_matcher: "a" },
};
const uptime = (host: string, http_check: object) => ({
  google_monitoring_uptime_check_config: {
    shop: { http_check, monitored_resource: { type: "uptime_url", labels: { host } } },
  },
});
const SSL = { use_ssl: true, port: 443 };

/** The kind: the HTTPS front end is gone, and what asks for it stays. */
describe("edge/https-front-end", () => {
  test("a redirect to HTTPS leads to a front end that is there", () => {
    expect(said(redirect, { ...http, ...https })).toEqual([]);
    expect(said(redirect, http)).toEqual([
      "error google_compute_global_forwarding_rule.http: google_compute_url_map.main of google_compute_target_http_proxy.main redirects to HTTPS, and no forwarding rule leads to an HTTPS proxy; fails at run time: every request is sent to a port on which nothing listens.",
    ]);
    const elsewhere = {
      default_url_redirect: { ...redirect.default_url_redirect, host_redirect: "www.example.com" },
    };
    expect(said(elsewhere, http)).toEqual([]);
  });

  test("so does an uptime check, of a routed host, of a record and of the address itself", () => {
    const record = {
      google_dns_record_set: {
        api: {
          name: "api.example.com.",
          type: "A",
          rrdatas: ["${google_compute_global_address.main.address}"],
        },
      },
    };
    for (const host of [
      "shop.example.com",
      "api.example.com",
      "${google_compute_global_address.main.address}",
    ]) {
      const others = { ...record, ...uptime(host, SSL) };
      expect(said(routes, { ...http, ...https }, others)).toEqual([]);
      // A host of the URL map may be that of a proxy elsewhere, which speaks HTTPS.
      const severity = host === "shop.example.com" ? "warning" : "error";
      expect(said(routes, http, others)).toEqual([
        `${severity} google_monitoring_uptime_check_config.shop: it requests port 443 of the load balancer, and no forwarding rule leads to an HTTPS proxy (google_compute_global_forwarding_rule.http to HTTP only); fails at run time: nothing listens there, and every check fails.`,
      ]);
    }
    expect(said(routes, http, uptime("other.example.com", SSL))).toEqual([]);
    expect(said(routes, http, uptime("shop.example.com", { port: 80 }))).toEqual([]);
  });

  test("so does an address in the environment of a workload", () => {
    const calling = (url: string) => ({
      google_cloud_run_v2_service: { api: service({ env: { SHOP_URL: url } }) },
    });
    expect(said(routes, { ...http, ...https }, calling("https://shop.example.com/cart"))).toEqual([]);
    expect(said(routes, http, calling("http://shop.example.com/cart"))).toEqual([]);
    expect(said(routes, http, calling("https://shop.example.com/cart"))).toEqual([
      'warning google_cloud_run_v2_service.api: SHOP_URL is an https:// address of "shop.example.com", and no forwarding rule leads to an HTTPS proxy (google_compute_global_forwarding_rule.http to HTTP only); fails at run time: nothing listens there, and every call fails.',
    ]);
  });

  test("a target that is not known may be the HTTPS proxy, and an internal load balancer is another matter", () => {
    expect(said(redirect, { ...http, other: forwarding("443", "${var.target}") })).toEqual([]);
    expect(said(redirect, { internal: { ...http.http, load_balancing_scheme: "INTERNAL_MANAGED" } })).toEqual(
      [],
    );
  });
});
