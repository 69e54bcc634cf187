import { describe, expect, test } from "@jest/globals";
import { healthCheck } from "../../../rules/time/health-check.ts";
import { check } from "../support.ts";

const said = (body: object) =>
  check(healthCheck, {
    google_compute_health_check: { api: { name: "api", http_health_check: {}, ...body } },
  });

describe("time/health-check", () => {
  test("defaults, and a timeout equal to the interval, hold", () => {
    expect(said({})).toEqual([]);
    expect(said({ check_interval_sec: 10, timeout_sec: 10 })).toEqual([]);
    expect(said({ check_interval_sec: 300, timeout_sec: 300, healthy_threshold: 10 })).toEqual([]);
  });

  test("a timeout longer than the interval is refused", () => {
    expect(said({ check_interval_sec: 5, timeout_sec: 10 })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_health_check.api",
        message:
          "timeout_sec is 10 s, and check_interval_sec is 5 s; rejected by the API: the timeout must not exceed the interval.",
      },
    ]);
  });

  test("the default timeout counts", () => {
    expect(said({ check_interval_sec: 3 }).map(({ message }) => message)).toEqual([
      "timeout_sec is 5 s (the default), and check_interval_sec is 3 s; rejected by the API: the timeout must not exceed the interval.",
    ]);
  });

  test("thresholds and intervals have bounds", () => {
    expect(said({ unhealthy_threshold: 11 })).toHaveLength(1);
    expect(said({ check_interval_sec: 301 })).toHaveLength(1);
  });

  test("source regions are three, and slow", () => {
    const regions = ["us-east1", "europe-west1", "asia-east1"];
    expect(said({ source_regions: regions, check_interval_sec: 30 })).toEqual([]);
    expect(said({ source_regions: regions.slice(1), check_interval_sec: 29 })).toHaveLength(2);
  });

  test("an unknown timeout is not judged", () => {
    expect(said({ check_interval_sec: 3, timeout_sec: "${var.timeout}" })).toEqual([]);
  });
});

test("a health check asks in exactly one way", () => {
  const said = (protocols: object) =>
    check(healthCheck, { google_compute_health_check: { api: { name: "api", ...protocols } } }).map(
      ({ message }) => message,
    );
  expect(said({ tcp_health_check: { port: 80 } })).toEqual([]);
  expect(said({ tcp_health_check: { port: 80 }, http_health_check: { port: 80 } })).toEqual([
    "tcp_health_check and http_health_check are set; rejected at plan: a health check uses exactly one protocol.",
  ]);
});
