import { cloudRunLimits } from "../../platform/limits.ts";
import type { Rule, Violation } from "../rule.ts";
import { type Probe, type Workload, workloads } from "../workload/index.ts";
import { longestWindow, startupWindow } from "./probe.ts";

/** Each number of a probe, and their product, stay within what Cloud Run takes. */
export const probeBounds: Rule = {
  id: "time/probe-bounds",
  why: "Cloud Run rejects a probe whose delay, period, timeout or start-up window is out of bounds; the provider checks none of them.",
  limit:
    "start-up: delay 0-240 s, period and timeout 1-240 s, threshold x period <= 600 s (1800 s with a GPU); liveness: 3600 s for each; timeout <= period",
  fix: "Bring the number within its bound; for a long start raise failure_threshold, not the period.",
  source: cloudRunLimits.probeField.source,
  example: `resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      startup_probe {
        period_seconds    = 30
        failure_threshold = 24 # 720 s, Cloud Run stops at 600 s
        http_get { path = "/health" }
      }
    }
  }
}`,
  *check(graph) {
    for (const workload of workloads(graph)) {
      for (const container of workload.containers) {
        for (const probe of container.probes) {
          yield* fields(workload, probe);
          if (probe.kind === "startup") yield* length(workload, probe, longestWindow(workload));
        }
      }
    }
  },
};

function* fields({ resource }: Workload, probe: Probe): Iterable<Violation> {
  const high = (probe.kind === "startup" ? cloudRunLimits.probeField : cloudRunLimits.livenessField).value;
  const bounds = [
    ["initial_delay_seconds", probe.delay, 0],
    ["period_seconds", probe.period, 1],
    ["timeout_seconds", probe.timeout, 1],
  ] as const;
  for (const [name, seconds, low] of bounds) {
    if (seconds === undefined || (seconds >= low && seconds <= high)) continue;
    yield {
      resource,
      severity: "error",
      message: `${name} of the ${probe.kind} probe is ${seconds} s; rejected by the API: it must be ${low} to ${high} s.`,
    };
  }
  if (probe.threshold !== undefined && probe.threshold < 1)
    yield {
      resource,
      severity: "error",
      message: `failure_threshold of the ${probe.kind} probe is ${probe.threshold}; rejected by the API: it must be at least 1.`,
    };
  const { timeout, period } = probe;
  if (timeout !== undefined && period !== undefined && timeout > period)
    yield {
      resource,
      severity: "error",
      message: `timeout_seconds of the ${probe.kind} probe is ${timeout} s and its period_seconds is ${period} s; rejected by the API: the timeout must not exceed the period.`,
      fix: `Set timeout_seconds to ${period} or less, or a longer period_seconds.`,
    };
}

function* length({ resource }: Workload, probe: Probe, longest: number): Iterable<Violation> {
  const seconds = startupWindow(probe);
  if (seconds === undefined || seconds <= longest) return;
  yield {
    resource,
    severity: "error",
    message: `the start-up window is ${probe.threshold} x ${probe.period} s = ${seconds} s; rejected by the API: Cloud Run allows at most ${longest} s.`,
    fix: `Lower failure_threshold or period_seconds until their product is at most ${longest}.`,
  };
}
