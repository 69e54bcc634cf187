import { isUnknown, type Resource } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

const TYPES = [
  "google_compute_health_check",
  "google_compute_region_health_check",
  "google_compute_http_health_check",
  "google_compute_https_health_check",
] as const;

/** A health check asks again only after it has given up on the last answer. */
export const healthCheck: Rule = {
  id: "time/health-check",
  why: "Compute Engine refuses a health check whose timeout is longer than its interval; the provider checks neither.",
  limit: `timeout_sec <= check_interval_sec, both 1 to ${loadBalancerLimits.healthCheckIntervalHigh.value} s; thresholds 1 to ${loadBalancerLimits.healthCheckThresholdHigh.value}`,
  fix: "Lengthen check_interval_sec or shorten timeout_sec.",
  source: loadBalancerLimits.healthCheckIntervalHigh.source,
  *check(graph) {
    for (const resource of graph.all(...TYPES)) {
      const interval = field(
        resource,
        "check_interval_sec",
        loadBalancerLimits.defaultHealthCheckInterval.value,
      );
      const timeout = field(resource, "timeout_sec", loadBalancerLimits.defaultHealthCheckTimeout.value);
      if (interval !== undefined && timeout !== undefined && timeout > interval)
        yield {
          resource,
          message: `timeout_sec is ${timeout} s${byDefault(resource, "timeout_sec")}, and check_interval_sec is ${interval} s${byDefault(resource, "check_interval_sec")}; rejected by the API: the timeout must not exceed the interval.`,
        };
      yield* bounds(resource);
      yield* protocols(resource);
      yield* regions(resource, interval);
    }
  },
};

function field(resource: Resource, name: string, otherwise: number): number | undefined {
  if (isUnknown(resource.get(name))) return undefined;
  return resource.number(name) ?? otherwise;
}

function byDefault(resource: Resource, name: string): string {
  return resource.get(name) === undefined ? " (the default)" : "";
}

function* bounds(resource: Resource): Iterable<Violation> {
  const longest = loadBalancerLimits.healthCheckIntervalHigh.value;
  const most = loadBalancerLimits.healthCheckThresholdHigh.value;
  for (const [name, high, unit] of [
    ["check_interval_sec", longest, " s"],
    ["timeout_sec", longest, " s"],
    ["healthy_threshold", most, ""],
    ["unhealthy_threshold", most, ""],
  ] as const) {
    const value = resource.number(name);
    if (value === undefined || (value >= 1 && value <= high)) continue;
    yield {
      resource,
      message: `${name} is ${value}${unit}; rejected by the API: it must be 1 to ${high}${unit}.`,
      fix: `Set ${name} between 1 and ${high}.`,
    };
  }
}

/** The older types of health check speak one protocol each. */
function* protocols(resource: Resource): Iterable<Violation> {
  const found = Object.keys(resource.values).filter(
    (name) => name.endsWith("_health_check") && resource.blocks(name).length > 0,
  );
  if (found.length < 2) return;
  yield {
    resource,
    message: `${found.join(" and ")} are set; rejected at plan: a health check uses exactly one protocol.`,
    fix: "Keep one of them.",
  };
}

/** Checks from chosen regions are slower, and come from exactly three of them. */
function* regions(resource: Resource, interval: number | undefined): Iterable<Violation> {
  const chosen = resource.get("source_regions");
  if (!Array.isArray(chosen) || chosen.length === 0) return;
  const { sourceRegions, sourceRegionsInterval } = loadBalancerLimits;
  if (chosen.length !== sourceRegions.value)
    yield {
      resource,
      message: `source_regions names ${chosen.length} regions; rejected by the API: it takes exactly ${sourceRegions.value}.`,
      fix: `Name ${sourceRegions.value} regions, or none.`,
    };
  if (interval !== undefined && interval < sourceRegionsInterval.value)
    yield {
      resource,
      message: `check_interval_sec is ${interval} s with source_regions; rejected by the API: the least is ${sourceRegionsInterval.value} s there.`,
      fix: `Set check_interval_sec to ${sourceRegionsInterval.value} or more.`,
    };
}
