import { describe, expect, test } from "@jest/globals";
import { probeBounds } from "../../../rules/time/probe-bounds.ts";
import { withKnativeService, withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const startup = (probe: object) =>
  check(probeBounds, withService({ container: { startup_probe: { http_get: {}, ...probe } } }));
const liveness = (probe: object) =>
  check(probeBounds, withService({ container: { liveness_probe: { http_get: {}, ...probe } } }));

describe("time/probe-bounds", () => {
  test("a readiness probe takes 3 failures, and not 4", () => {
    const readiness = (failures: number) =>
      check(
        probeBounds,
        withService({ container: { readiness_probe: { http_get: {}, failure_threshold: failures } } }),
      ).map(({ message }) => message);
    expect(readiness(3)).toEqual([]);
    expect(readiness(4)).toEqual([
      "failure_threshold of the readiness probe is 4; rejected by the API: it must be at most 3.",
    ]);
  });

  test("a probe within its bounds holds", () => {
    expect(startup({ period_seconds: 10, timeout_seconds: 5, failure_threshold: 18 })).toEqual([]);
  });

  test("every number exactly at its bound holds", () => {
    expect(
      startup({
        initial_delay_seconds: 240,
        period_seconds: 240,
        timeout_seconds: 240,
        failure_threshold: 2,
      }),
    ).toEqual([]);
    expect(startup({ period_seconds: 10, failure_threshold: 60 })).toEqual([]);
    expect(liveness({ initial_delay_seconds: 3600, period_seconds: 3600, timeout_seconds: 3600 })).toEqual(
      [],
    );
  });

  test("a window above 600 s is refused", () => {
    expect(startup({ period_seconds: 10, failure_threshold: 61 })).toEqual([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "the start-up window is 61 x 10 s = 610 s; rejected by the API: Cloud Run allows at most 600 s.",
        fix: "Lower failure_threshold or period_seconds until their product is at most 600.",
      },
    ]);
  });

  test("a GPU may take 1800 s to start", () => {
    const probe = { http_get: {}, period_seconds: 60, failure_threshold: 30 };
    const template = { node_selector: { accelerator: "nvidia-l4" } };
    expect(check(probeBounds, withService({ container: { startup_probe: probe }, template }))).toEqual([]);
  });

  test("a period of 241 s is refused at start-up and taken for liveness", () => {
    expect(startup({ period_seconds: 241, failure_threshold: 1 }).map(({ message }) => message)).toEqual([
      "period_seconds of the startup probe is 241 s; rejected by the API: it must be 1 to 240 s.",
    ]);
    expect(liveness({ period_seconds: 241 })).toEqual([]);
  });

  test("a timeout longer than the period is refused, the default period included", () => {
    expect(startup({ timeout_seconds: 11 }).map(({ message }) => message)).toEqual([
      "timeout_seconds of the startup probe is 11 s and its period_seconds is 10 s; rejected by the API: the timeout must not exceed the period.",
    ]);
  });

  test("the first generation is judged alike", () => {
    const probe = { http_get: {}, period_seconds: 300, failure_threshold: 1 };
    expect(check(probeBounds, withKnativeService({ container: { startup_probe: probe } }))).toMatchObject([
      { severity: "error", address: "google_cloud_run_service.api" },
    ]);
  });

  test("an unknown threshold hides neither the period nor makes a window", () => {
    expect(startup({ failure_threshold: "${var.threshold}", period_seconds: 240 })).toEqual([]);
    expect(startup({ failure_threshold: "${var.threshold}", period_seconds: 250 })).toHaveLength(1);
  });
});
