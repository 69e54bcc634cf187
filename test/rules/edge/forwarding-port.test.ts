import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const forwardingPort = ruleById("edge/forwarding-port");

describe("edge/forwarding-port", () => {
  const reported = (httpRule: object, httpsRule: object = {}) =>
    check(forwardingPort, edge({ httpRule: { ...httpRule }, httpsRule: { ...httpsRule } })).map(
      ({ severity, address, message }) => `${severity} ${address}: ${message}`,
    );

  test("80 and 443 on one address pass, as does 443-443", () => {
    expect(reported({})).toEqual([]);
    expect(reported({}, { port_range: "443-443" })).toEqual([]);
    expect(reported({ port_range: 8080 })).toEqual([]);
  });

  test("the same port twice is rejected", () => {
    expect(reported({ port_range: "443" })[0]).toBe(
      "error google_compute_global_forwarding_rule.http: port_range is 443 and overlaps that of google_compute_global_forwarding_rule.https; rejected by the API: rules of one address have different ports.",
    );
  });

  test("a range before a proxy is rejected, and a port that speaks the other protocol fails", () => {
    expect(reported({ port_range: "80-81" })).toHaveLength(1);
    expect(reported({}, { port_range: "442-443" })).toHaveLength(1);
    expect(reported({ port_range: "443" }, { port_range: "8443" })).toContain(
      "error google_compute_global_forwarding_rule.http: port_range is 443 with target google_compute_target_http_proxy.edge, an HTTP proxy; fails at run time: TLS connections to port 443 are reset.",
    );
    expect(reported({ port_range: "all" })).toHaveLength(1);
  });
});

describe("edge/forwarding-port of a managed certificate", () => {
  test("8443 alone fails, next to 443 it passes", () => {
    expect(check(forwardingPort, edge({ httpsRule: { port_range: "8443" } }))).toMatchObject([
      {
        severity: "error",
        address: "google_compute_global_forwarding_rule.https",
        message:
          "port_range is 8443 and no other forwarding rule has target google_compute_target_https_proxy.edge; fails at run time: google_compute_managed_ssl_certificate.edge is issued only where port 443 serves it.",
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
