import { describe, expect, test } from "@jest/globals";
import { CloudArmorPolicy } from "../../constructs/edge/cloud-armor-policy.ts";
import { HttpsLoadBalancer } from "../../constructs/edge/https-load-balancer.ts";
import { ServerlessBackend } from "../../constructs/edge/serverless-backend.ts";
import { WildcardCertificate } from "../../constructs/edge/wildcard-certificate.ts";
import { constructJson } from "../support/construct.ts";
import { resource, resources } from "../support/synthesized.ts";

describe("ServerlessBackend", () => {
  const backend = (regions: string[]) =>
    constructJson(
      (stack) =>
        new ServerlessBackend(stack, "backend", {
          name: "b",
          service: "api",
          regions,
          securityPolicy: "policy",
        }),
    );

  test("one region: one NEG, and no outlier detection", () => {
    const json = backend(["europe-west1"]);
    expect(resource(json, "google_compute_region_network_endpoint_group")).toMatchObject({
      region: "europe-west1",
      network_endpoint_type: "SERVERLESS",
      cloud_run: { service: "api" },
    });
    expect(resource(json, "google_compute_backend_service").outlier_detection).toBeUndefined();
  });

  test("two regions: one NEG each, and outlier detection where Google accepts it", () => {
    const json = backend(["europe-west1", "us-central1"]);
    expect(
      resources(json, "google_compute_region_network_endpoint_group").map(({ region }) => region),
    ).toEqual(["europe-west1", "us-central1"]);
    expect(resource(json, "google_compute_backend_service")).toMatchObject({
      load_balancing_scheme: "EXTERNAL_MANAGED",
      outlier_detection: { consecutive_errors: 5 },
    });
  });
});

describe("HttpsLoadBalancer", () => {
  const json = constructJson(
    (stack) =>
      new HttpsLoadBalancer(stack, "lb", {
        name: "lb",
        routes: [{ host: "a.example.com", fallback: "b", paths: [] }],
        defaultBackend: "b",
        certificateMap: "projects/p/locations/global/certificateMaps/m",
      }),
  );

  test("both ports share the static address and the scheme", () => {
    const rules = resources(json, "google_compute_global_forwarding_rule");
    expect(rules.map((rule) => [rule.port_range, rule.load_balancing_scheme]).sort()).toEqual([
      ["443", "EXTERNAL_MANAGED"],
      ["80", "EXTERNAL_MANAGED"],
    ]);
    expect(new Set(rules.map((rule) => rule.ip_address)).size).toBe(1);
  });

  test("a backend is let go of before it is deleted", () => {
    const backend = constructJson(
      (stack) =>
        new ServerlessBackend(stack, "backend", {
          name: "b",
          service: "api",
          regions: ["europe-west1"],
          securityPolicy: "policy",
        }),
    );
    for (const type of ["google_compute_backend_service", "google_compute_region_network_endpoint_group"]) {
      expect(resource(backend, type).lifecycle).toEqual({ create_before_destroy: true });
    }
  });

  test("port 80 only redirects", () => {
    const redirect = resources(json, "google_compute_url_map").find(
      (map) => map.default_url_redirect !== undefined,
    );
    expect(redirect).toMatchObject({ default_url_redirect: { https_redirect: true, strip_query: false } });
    expect(redirect.default_service).toBeUndefined();
  });

  test("TLS 1.2 and the certificate map", () => {
    expect(resource(json, "google_compute_ssl_policy")).toMatchObject({
      min_tls_version: "TLS_1_2",
      profile: "MODERN",
    });
    expect(resource(json, "google_compute_target_https_proxy").certificate_map).toBe(
      "//certificatemanager.googleapis.com/projects/p/locations/global/certificateMaps/m",
    );
  });
});

test("WildcardCertificate proves the domain in this project alone", () => {
  const json = constructJson(
    (stack) => new WildcardCertificate(stack, "certificate", { name: "c", domain: "example.com" }),
  );
  expect(resource(json, "google_certificate_manager_dns_authorization")).toMatchObject({
    domain: "example.com",
    type: "PER_PROJECT_RECORD",
  });
  expect(resource(json, "google_certificate_manager_certificate").managed.domains).toEqual([
    "example.com",
    "*.example.com",
  ]);
  expect(resource(json, "google_certificate_manager_certificate_map_entry").matcher).toBe("PRIMARY");
  for (const type of [
    "google_certificate_manager_dns_authorization",
    "google_certificate_manager_certificate",
  ]) {
    expect(resource(json, type)).toMatchObject({
      name: "c-example-com",
      lifecycle: { create_before_destroy: true },
    });
  }
});

describe("CloudArmorPolicy", () => {
  const rules = (firewall: "enforce" | "preview") =>
    resources(
      constructJson(
        (stack) => new CloudArmorPolicy(stack, "armor", { name: "a", requestsPerMinute: 600, firewall }),
      ),
      "google_compute_security_policy_rule",
    );

  test("limits the rate of each client", () => {
    expect(rules("preview").find((rule) => rule.action === "throttle").rate_limit_options).toMatchObject({
      enforce_on_key: "IP",
      rate_limit_threshold: { count: 600, interval_sec: 60 },
    });
  });

  test.each([
    ["preview", true],
    ["enforce", false],
  ] as const)("%s", (firewall, preview) => {
    for (const rule of rules(firewall).filter(({ action }) => action === "deny(403)"))
      expect(rule.preview).toBe(preview);
  });
});
