import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, reportedFor } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const backendService = ruleById("edge/backend-service");

describe("edge/backend-service", () => {
  const reported = (body: object, rest: object = {}) =>
    check(backendService, edge({ backendService: { ...body }, ...rest }));

  test("CDN or IAP pass, both are rejected", () => {
    expect(reported({ enable_cdn: true })).toEqual([]);
    expect(reported({ enable_cdn: true, iap: { enabled: false } })).toEqual([]);
    expect(reported({ enable_cdn: true, iap: { enabled: true } })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "enable_cdn is true and iap.enabled is true; rejected by the API: a cache cannot check who asks.",
      },
    ]);
  });

  test("outlier detection needs EXTERNAL_MANAGED", () => {
    const detection = { outlier_detection: { consecutive_errors: 5 } };
    expect(reported(detection)).toEqual([]);
    const withDefault = edge({ backendService: { ...detection, load_balancing_scheme: undefined } });
    expect(reportedFor("6.50.0", backendService, withDefault)).toEqual([
      "error google_compute_backend_service.api: outlier_detection is set and load_balancing_scheme is not set; rejected by the API: a classic load balancer has no outlier detection.",
    ]);
    expect(reportedFor("8.0.0", backendService, withDefault)).toEqual([]);
  });

  test("no backend next to an idle endpoint group fails, alone it is a warning", () => {
    expect(check(backendService, edge({ backend: null }))).toMatchObject([
      {
        severity: "error",
        message:
          "backend is not set and no backend service uses google_compute_region_network_endpoint_group.api; fails at run time: it returns 503.",
      },
    ]);
    const alone = { google_compute_backend_service: { api: { name: "api" } } };
    expect(check(backendService, alone)).toMatchObject([{ severity: "warning" }]);
  });

  test("draining takes an hour at most", () => {
    expect(reported({ connection_draining_timeout_sec: 3600 })).toEqual([]);
    expect(reported({ connection_draining_timeout_sec: 3601 })).toHaveLength(1);
  });
});

describe("edge/backend-service behind a proxy", () => {
  test("HTTP and HTTPS pass, TCP is rejected", () => {
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
