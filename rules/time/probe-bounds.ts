import { type Probe, workloads } from "../../analysis/workload/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** Each number of a probe, and their product, stay within what Cloud Run takes. */
export const probeBounds: Rule = {
  id: "time/probe-bounds",
  why: "Cloud Run rejects a probe whose delay, period, timeout or start-up window is out of bounds; the provider checks none of them.",
  limit:
    "start-up: delay 0-240 s, period and timeout 1-240 s, threshold x period <= 600 s (1800 s with a GPU); liveness and readiness: 3600 s for each; timeout <= period; readiness: threshold <= 3",
  fix: "Bring the number within its bound; for a long start raise failure_threshold, not the period.",
  source: cloudRunLimits.probeField.source,
  *check(graph) {
    for (const { resource, containers, gpu } of workloads(graph)) {
      for (const probe of containers.flatMap(({ probes }) => probes)) {
        const { kind, threshold, period, window } = probe;
        for (const [message, fix] of fields(probe)) yield { resource, message, fix };
        // With a GPU Cloud Run allows a longer start.
        const longest = gpu === false ? cloudRunLimits.startupWindow : cloudRunLimits.startupWindowWithGpu;
        if (kind !== "startup" || window === undefined || window <= longest.value) continue;
        yield {
          resource,
          message: `the start-up window is ${threshold} x ${period} s = ${window} s; rejected by the API: Cloud Run allows at most ${longest.value} s.`,
          fix: `Lower failure_threshold or period_seconds until their product is at most ${longest.value}.`,
        };
      }
    }
  },
};

function* fields({
  kind,
  delay,
  period,
  timeout,
  threshold,
}: Probe): Iterable<[message: string, fix: string]> {
  const high = (kind === "startup" ? cloudRunLimits.probeField : cloudRunLimits.livenessField).value;
  for (const [name, seconds, low] of [
    ["initial_delay_seconds", delay, 0],
    ["period_seconds", period, 1],
    ["timeout_seconds", timeout, 1],
  ] as const) {
    if (seconds === undefined || (seconds >= low && seconds <= high)) continue;
    yield [
      `${name} of the ${kind} probe is ${seconds} s; rejected by the API: it must be ${low} to ${high} s.`,
      `Set ${name} to ${seconds < low ? low : high} or ${seconds < low ? "more" : "less"}.`,
    ];
  }
  if (threshold !== undefined && threshold < 1)
    yield [
      `failure_threshold of the ${kind} probe is ${threshold}; rejected by the API: it must be at least 1.`,
      "Set failure_threshold to 1 or more, for example 3.",
    ];
  const most = cloudRunLimits.readinessThreshold.value;
  if (kind === "readiness" && threshold !== undefined && threshold > most)
    yield [
      `failure_threshold of the readiness probe is ${threshold}; rejected by the API: it must be at most ${most}.`,
      `Set failure_threshold to ${most} or less; a longer period_seconds waits longer.`,
    ];
  if (timeout !== undefined && period !== undefined && timeout > period)
    yield [
      `timeout_seconds of the ${kind} probe is ${timeout} s and its period_seconds is ${period} s; rejected by the API: the timeout must not exceed the period.`,
      `Set timeout_seconds to ${period} or less, or a longer period_seconds.`,
    ];
}
