import type { Resource } from "../../graph/index.ts";
import { monitoringLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { durationSeconds } from "../workload/index.ts";

/** How often and how long an uptime check asks. */
export const uptimeTiming: Rule = {
  id: "observability/uptime-timing",
  why: "Cloud Monitoring asks at four fixed periods and waits a minute at most; the provider checks neither.",
  limit: `timeout ${monitoringLimits.uptimeTimeoutLow.value} to ${monitoringLimits.uptimeTimeoutHigh.value} s, below the period; period ${monitoringLimits.uptimePeriods.value.join(", ")} s; none or at least ${monitoringLimits.uptimeRegions.value} locations`,
  fix: "Choose one of the four periods, and a timeout below it.",
  source: monitoringLimits.uptimePeriods.source,
  example: `resource "google_monitoring_uptime_check_config" "api" {
  timeout = "90s"
  period  = "120s"
}`,
  *check(graph) {
    for (const check of graph.all("google_monitoring_uptime_check_config")) {
      yield* timing(check);
      yield* regions(check);
    }
  },
};

function* timing(check: Resource): Iterable<Verdict> {
  const { uptimeTimeoutLow, uptimeTimeoutHigh, uptimePeriods, defaultUptimePeriod } = monitoringLimits;
  for (const name of ["timeout", "period"] as const) {
    const value = check.get(name);
    if (
      value === undefined ||
      value === "" ||
      typeof value === "object" ||
      durationSeconds(value) !== undefined
    )
      continue;
    yield {
      resource: check,
      severity: "error",
      message: `${name} is ${JSON.stringify(value)}: refused at apply, a duration is seconds followed by "s".`,
      fix: `Write it in seconds, for example "60s".`,
    };
  }
  const timeout = durationSeconds(check.get("timeout"));
  const written = check.get("period");
  const period =
    written === undefined || written === "" ? defaultUptimePeriod.value : durationSeconds(written);
  if (timeout !== undefined && (timeout < uptimeTimeoutLow.value || timeout > uptimeTimeoutHigh.value))
    yield {
      resource: check,
      severity: "error",
      message: `timeout is ${timeout} s, outside ${uptimeTimeoutLow.value} to ${uptimeTimeoutHigh.value} s: refused at apply.`,
      fix: `Set timeout to ${uptimeTimeoutHigh.value} s or less.`,
    };
  if (period !== undefined && !uptimePeriods.value.includes(period))
    yield {
      resource: check,
      severity: "error",
      message: `period is ${period} s: refused at apply, it is one of ${uptimePeriods.value.join(", ")} s.`,
    };
  if (
    timeout !== undefined &&
    period !== undefined &&
    timeout >= period &&
    timeout <= uptimeTimeoutHigh.value
  )
    yield {
      resource: check,
      severity: "warning",
      message: `timeout is ${timeout} s, not below the period of ${period} s: a slow answer runs into the next check.`,
    };
}

function* regions(check: Resource): Iterable<Verdict> {
  const chosen = check.get("selected_regions");
  const least = monitoringLimits.uptimeRegions.value;
  if (!Array.isArray(chosen) || chosen.length === 0 || chosen.length >= least) return;
  // USA stands for three locations.
  if (chosen.some((region) => typeof region !== "string" || region === "USA")) return;
  yield {
    resource: check,
    severity: "error",
    message: `selected_regions names ${chosen.length} of the ${least} locations that a check needs: refused at apply.`,
    fix: `Name at least ${least} regions (USA counts as three), or none.`,
  };
}
