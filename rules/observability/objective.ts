import { type Block, type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { monitoringLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { durationSeconds } from "../workload/index.ts";
import { equalTo, filterOf, METRIC_TYPE } from "./filter.ts";
import { metricNamed } from "./metrics.ts";

const INDICATORS = ["basic_sli", "request_based_sli", "windows_based_sli"] as const;
const RATIO = ["good_service_filter", "bad_service_filter", "total_service_filter"] as const;
const DAY = 86400;

/** A service level objective has one goal, one period and one indicator. */
export const objective: Rule = {
  id: "observability/objective",
  why: "Cloud Monitoring refuses an objective with two periods or indicators, with a goal of 100%, or with an indicator that its service or metric does not have.",
  limit: `goal above 0 and at most ${monitoringLimits.objectiveGoalHigh.value}; rolling_period_days 1 to ${monitoringLimits.objectiveRollingDaysHigh.value} or calendar_period; one indicator; two of good, bad and total`,
  fix: "Keep one period and one indicator, and a goal below 1.",
  source: monitoringLimits.objectiveGoalHigh.source,
  example: `resource "google_monitoring_slo" "api" {
  goal                = 1
  rolling_period_days = 28
}`,
  *check(graph) {
    for (const slo of graph.all("google_monitoring_slo")) {
      yield* id(slo);
      yield* period(slo);
      yield* indicator(graph, slo);
      for (const ratio of ratios(slo)) yield* filters(slo, ratio);
      yield* distribution(slo);
      yield* windows(slo);
    }
  },
};

const ID = /^[A-Za-z0-9\-_:.]+$/;

function* id(slo: Resource): Iterable<Verdict> {
  const written = slo.string("slo_id");
  if (!written || ID.test(written)) return;
  yield {
    resource: slo,
    severity: "error",
    message: `slo_id is "${written}": refused at plan, it is letters, digits and -_:. only.`,
    fix: "Write it with hyphens.",
  };
}

function* period(slo: Resource): Iterable<Verdict> {
  const { objectiveGoalHigh, objectiveRollingDaysHigh } = monitoringLimits;
  const goal = slo.number("goal");
  if (goal !== undefined && (goal <= 0 || goal > objectiveGoalHigh.value))
    yield {
      resource: slo,
      severity: "error",
      message: `goal is ${goal}, outside 0 to ${objectiveGoalHigh.value}: refused at plan.`,
      fix: "Write the goal as a share below 1, for example 0.995.",
    };
  const days = slo.number("rolling_period_days");
  if (days !== undefined && days !== 0 && (days < 1 || days > objectiveRollingDaysHigh.value))
    yield {
      resource: slo,
      severity: "error",
      message: `rolling_period_days is ${days}, outside 1 to ${objectiveRollingDaysHigh.value}: refused at plan.`,
    };
  const calendar = slo.get("calendar_period");
  const rolling = slo.get("rolling_period_days");
  if (isUnknown(calendar) || isUnknown(rolling)) return;
  const written = [calendar, rolling].filter(
    (value) => value !== undefined && value !== "" && value !== 0,
  ).length;
  if (written !== 1)
    yield {
      resource: slo,
      severity: "error",
      message: `${written === 0 ? "neither" : "both"} rolling_period_days ${written === 0 ? "nor" : "and"} calendar_period ${written === 0 ? "is" : "are"} set: refused at plan.`,
      fix: "Set exactly one of them.",
    };
}

function* indicator(graph: Graph, slo: Resource): Iterable<Verdict> {
  const found = INDICATORS.filter((name) => slo.blocks(name).length > 0);
  if (found.length > 1)
    yield {
      resource: slo,
      severity: "error",
      message: `${found.join(" and ")} are both set: refused at plan.`,
    };
  if (
    found.length === 0 &&
    INDICATORS.every((name) => !isUnknown(slo.get(name))) &&
    slo.get("dynamic") === undefined
  )
    yield { resource: slo, severity: "error", message: "the objective has no indicator: refused at plan." };
  const service = graph.target(
    slo.get("service"),
    ["google_monitoring_custom_service", "google_monitoring_service"],
    slo,
  );
  if (service.kind === "missing")
    yield {
      resource: slo,
      severity: "error",
      message: `service names "${service.name}", which is not defined here${service.nearest === undefined ? "" : `; the nearest is ${service.nearest.address}`}: refused at apply.`,
      fix: "Refer to its service_id.",
    };
  if (
    service.kind === "resource" &&
    service.resource.type === "google_monitoring_custom_service" &&
    found.includes("basic_sli")
  )
    yield {
      resource: slo,
      severity: "error",
      message: `basic_sli is set, but ${service.resource.address} is a custom service, of which Monitoring knows no requests: refused at apply.`,
      fix: "Use request_based_sli, or a google_monitoring_service for Cloud Run.",
    };
}

function ratios(slo: Resource): Block[] {
  return ["request_based_sli", "windows_based_sli.good_total_ratio_threshold.performance"].flatMap((path) =>
    slo.blocks(path).flatMap((block) => block.blocks("good_total_ratio")),
  );
}

function* filters(slo: Resource, ratio: Block): Iterable<Verdict> {
  if (RATIO.some((name) => isUnknown(ratio.get(name)) && filterOf(ratio.get(name)) === undefined)) {
    if (RATIO.filter((name) => ratio.get(name) !== undefined).length <= 2) return;
  }
  const written = RATIO.filter((name) => ratio.get(name) !== undefined && ratio.get(name) !== "");
  if (written.length !== 2)
    yield {
      resource: slo,
      severity: "error",
      message: `good_total_ratio has ${written.length === 0 ? "no filter" : written.join(", ")}: refused at apply, it takes exactly two of good, bad and total.`,
      fix: "Keep two of the three filters.",
    };
  for (const name of written) {
    const filter = filterOf(ratio.get(name));
    const type = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
    const metric = type === undefined ? undefined : metricNamed(type);
    if (metric === undefined || (metric.kind !== "GAUGE" && metric.value === "NUMBER")) continue;
    yield {
      resource: slo,
      severity: "error",
      message: `${name} counts ${type}, a ${metric.kind} ${metric.value}: refused at apply, a ratio counts DELTA or CUMULATIVE numbers.`,
      fix: "Count requests, for example run.googleapis.com/request_count.",
    };
  }
}

function* distribution(slo: Resource): Iterable<Verdict> {
  for (const cut of slo.blocks("request_based_sli.distribution_cut")) {
    const filter = filterOf(cut.get("distribution_filter"));
    const type = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
    const metric = type === undefined ? undefined : metricNamed(type);
    if (metric === undefined || metric.value === "DISTRIBUTION") continue;
    yield {
      resource: slo,
      severity: "error",
      message: `distribution_cut cuts ${type}, which is no distribution: refused at apply.`,
      fix: "Cut a distribution such as run.googleapis.com/request_latencies, or use good_total_ratio.",
    };
  }
}

function* windows(slo: Resource): Iterable<Verdict> {
  const seconds = durationSeconds(slo.get("windows_based_sli.window_period"));
  if (seconds === undefined || (seconds >= 60 && DAY % seconds === 0)) return;
  yield {
    resource: slo,
    severity: "error",
    message: `window_period is ${seconds} s: refused at apply, it is at least 60 s and divides a day.`,
    fix: "Use for example 300s.",
  };
}
