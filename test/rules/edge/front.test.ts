import { describe, expect, test } from "@jest/globals";
import { address } from "../../../rules/edge/address.ts";
import { forwardingPort } from "../../../rules/edge/forwarding-port.ts";
import { keepAlive } from "../../../rules/edge/keep-alive.ts";
import { partName } from "../../../rules/edge/name.ts";
import { partMissing } from "../../../rules/edge/part-missing.ts";
import { reach } from "../../../rules/edge/reach.ts";
import { redirect } from "../../../rules/edge/redirect.ts";
import { scheme } from "../../../rules/edge/scheme.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

describe("edge/scheme", () => {
  const said = (httpsRule: object, backendService: object) =>
    check(scheme, edge({ httpsRule: { ...httpsRule }, backendService: { ...backendService } }));

  test("the same scheme holds, and an EXTERNAL rule before EXTERNAL_MANAGED", () => {
    expect(said({}, {})).toEqual([]);
    expect(said({ load_balancing_scheme: "EXTERNAL" }, {})).toEqual([]);
  });

  test("the reverse is refused, at both ends, the default included", () => {
    const message =
      "the forwarding rule google_compute_global_forwarding_rule.https is EXTERNAL_MANAGED, but its backend service google_compute_backend_service.api is EXTERNAL by default: refused at apply.";
    expect(said({}, { load_balancing_scheme: undefined })).toMatchObject([
      { severity: "error", address: "google_compute_backend_service.api", message },
      { severity: "error", address: "google_compute_global_forwarding_rule.https", message },
    ]);
  });

  test("an unknown scheme is not judged", () => {
    expect(said({ load_balancing_scheme: ref("var.scheme") }, {})).toEqual([]);
  });
});

describe("edge/address", () => {
  const said = (httpsRule: object, others: { [type: string]: { [name: string]: unknown } } = {}) =>
    check(address, edge({ httpsRule: { ...httpsRule } }, others));

  test("a global address holds", () => {
    expect(said({})).toEqual([]);
  });

  test("a regional one is refused", () => {
    const regional = { google_compute_address: { edge: { name: "edge-eu", region: "europe-west1" } } };
    expect(said({ ip_address: ref("google_compute_address.edge.id") }, regional)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_global_forwarding_rule.https",
        message:
          "the global forwarding rule uses google_compute_address.edge, a regional address: refused at apply.",
      },
    ]);
  });

  test("an internal one is refused, and the standard tier", () => {
    const internal = {
      google_compute_global_address: {
        psa: { name: "psa", address_type: "INTERNAL", purpose: "VPC_PEERING" },
      },
    };
    expect(said({ ip_address: ref("google_compute_global_address.psa.id") }, internal)).toHaveLength(1);
    expect(said({ network_tier: "STANDARD" })).toHaveLength(1);
  });

  test("an endpoint of Private Service Connect has an internal address and no scheme", () => {
    const resources = {
      google_compute_address: { psc: { name: "psc", region: "europe-west1", address_type: "INTERNAL" } },
      google_compute_forwarding_rule: {
        psc: {
          name: "psc",
          region: "europe-west1",
          load_balancing_scheme: "",
          ip_address: ref("google_compute_address.psc.id"),
        },
      },
    };
    expect(check(address, resources)).toEqual([]);
  });
});

describe("edge/forwarding-port", () => {
  const said = (httpRule: object, httpsRule: object = {}) =>
    check(forwardingPort, edge({ httpRule: { ...httpRule }, httpsRule: { ...httpsRule } })).map(
      ({ severity, address, message }) => `${severity} ${address}: ${message}`,
    );

  test("80 and 443 on one address hold, as does 443-443", () => {
    expect(said({})).toEqual([]);
    expect(said({}, { port_range: "443-443" })).toEqual([]);
    expect(said({ port_range: 8080 })).toEqual([]);
  });

  test("the same port twice is refused", () => {
    expect(said({ port_range: "443" })[0]).toBe(
      "error google_compute_global_forwarding_rule.http: port_range 443 overlaps that of google_compute_global_forwarding_rule.https on the same address: refused at apply.",
    );
  });

  test("a range before a proxy is refused, and a port that speaks the other protocol breaks", () => {
    expect(said({ port_range: "80-81" })).toHaveLength(1);
    expect(said({}, { port_range: "442-443" })).toHaveLength(1);
    expect(said({ port_range: "443" }, { port_range: "8443" })).toContain(
      "error google_compute_global_forwarding_rule.http: port 443 leads to google_compute_target_http_proxy.edge, an HTTP proxy: breaks at run time, browsers speak TLS to port 443.",
    );
    expect(said({ port_range: "all" })).toHaveLength(1);
  });
});

describe("edge/redirect", () => {
  test("a redirect map on the HTTP proxy holds", () => {
    expect(check(redirect, edge())).toEqual([]);
  });

  test("strip_query is required", () => {
    const resources = edge({ redirectMap: { default_url_redirect: { https_redirect: true } } });
    expect(check(redirect, resources)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_url_map.redirect",
        message: "default_url_redirect has no strip_query: refused at plan, the provider requires it.",
      },
    ]);
  });

  test("on the HTTPS proxy it loops: the proxy took the wrong map, or the map is wrong", () => {
    const wrongMap = edge({ httpsProxy: { url_map: ref("google_compute_url_map.redirect.id") } });
    expect(check(redirect, wrongMap)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message:
          "google_compute_target_https_proxy.edge is an HTTPS proxy, but its URL map google_compute_url_map.redirect redirects to HTTPS: breaks at run time, every request is redirected to itself.",
      },
    ]);
    const wrongRedirect = edge({
      urlMap: {
        default_service: undefined,
        default_url_redirect: { https_redirect: true, strip_query: false },
      },
    });
    expect(check(redirect, wrongRedirect)).toMatchObject([
      { severity: "error", address: "google_compute_url_map.edge" },
    ]);
  });

  test("to another host it is advice", () => {
    const resources = edge({
      urlMap: {
        default_service: undefined,
        default_url_redirect: { https_redirect: true, strip_query: false, host_redirect: "www.example.com" },
      },
    });
    expect(check(redirect, resources)).toMatchObject([{ severity: "warning" }]);
  });

  test("a redirect beside a default service is refused", () => {
    const resources = edge({
      redirectMap: { default_service: ref("google_compute_backend_service.api.id") },
    });
    expect(check(redirect, resources)).toMatchObject([
      { severity: "error", address: "google_compute_url_map.redirect" },
    ]);
  });

  test("plain HTTP to a service is advice", () => {
    const resources = edge({ httpProxy: { url_map: ref("google_compute_url_map.edge.id") } });
    expect(check(redirect, resources)).toMatchObject([
      { severity: "warning", address: "google_compute_global_forwarding_rule.http" },
    ]);
  });
});

describe("edge/keep-alive", () => {
  const said = (seconds: unknown, rule: object = {}) =>
    check(keepAlive, edge({ httpsProxy: { http_keep_alive_timeout_sec: seconds }, httpsRule: { ...rule } }));

  test("5 to 1200 s hold", () => {
    expect([...said(5), ...said(1200), ...said(0)]).toEqual([]);
    expect(said(1201)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message: "http_keep_alive_timeout_sec is 1201 s, outside 5 to 1200 s: refused at apply.",
      },
    ]);
    expect(said(4)).toHaveLength(1);
  });

  test("the classic load balancer does not listen", () => {
    expect(said(600, { load_balancing_scheme: "EXTERNAL" })).toMatchObject([{ severity: "warning" }]);
  });
});

describe("edge/reach", () => {
  test("a global map with a regional backend service is refused", () => {
    const resources = edge(
      { urlMap: { default_service: ref("google_compute_region_backend_service.api.id") } },
      { google_compute_region_backend_service: { api: { name: "regional", region: "europe-west1" } } },
    );
    expect(check(reach, edge())).toEqual([]);
    expect(check(reach, resources)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_url_map.edge",
        message:
          "this is a global resource, but it uses google_compute_region_backend_service.api, a regional one: refused at apply.",
      },
    ]);
  });
});

describe("edge/part-missing", () => {
  test("a literal that names no part is refused, the nearest is named", () => {
    expect(check(partMissing, edge())).toEqual([]);
    expect(check(partMissing, edge({ httpsProxy: { url_map: "edges" } }))).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message:
          'url_map names "edges", which is not defined here; the nearest is google_compute_url_map.edge: refused at apply.',
      },
    ]);
    expect(
      check(
        partMissing,
        edge({ urlMap: { default_service: "projects/acme-dev/global/backendServices/apis" } }),
      ),
    ).toHaveLength(1);
  });

  test("declared external it is not judged, nor is another project's", () => {
    const external = ["google_compute_url_map:edges"];
    expect(check(partMissing, edge({ httpsProxy: { url_map: "edges" } }), { external })).toEqual([]);
    const other = edge({ urlMap: { default_service: "projects/other/global/backendServices/web" } });
    expect(check(partMissing, other)).toEqual([]);
  });
});

describe("edge/name", () => {
  const said = (name: string) => check(partName, edge({ urlMap: { name } }));

  test("63 characters hold, 64 and capitals are refused", () => {
    expect(said("a".repeat(63))).toEqual([]);
    expect(said("a".repeat(64))).toHaveLength(1);
    expect(said("Edge_Map")).toMatchObject([
      { severity: "error", message: 'the name "Edge_Map" is no name of Compute Engine: refused at apply.' },
    ]);
    expect(said("edge-")).toHaveLength(1);
    expect(said("edge_map")).toMatchObject([{ severity: "warning" }]);
  });
});
