import { equalTo, filterOf, METRIC_TYPE } from "../../analysis/monitoring/filter.ts";
import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import type { Block, Graph, Resource } from "../../graph/index.ts";
import { monitoringLimits } from "../../resources/limits.ts";
import { metricNamed } from "../../resources/metrics.ts";
import type { Rule, Violation } from "../rule.ts";

const RATIO = ["good_service_filter", "bad_service_filter", "total_service_filter"];

/** A service level objective has one goal, one period and one indicator. */
export const objective: Rule = {
  id: "observability/objective",
  why: "Cloud Monitoring rejects an objective with two periods or indicators, with a goal of 100%, or with an indicator that its service or metric does not have.",
  limit:
    "a service of the input; DELTA or CUMULATIVE numbers in good_total_ratio, a distribution in distribution_cut",
  fix: "Keep one period and one indicator, and a goal below 1.",
  source: monitoringLimits.objectiveGoalHigh.source,
  *check(graph) {
    for (const slo of graph.all("google_monitoring_slo")) {
      yield* service(graph, slo);
      for (const path of ["request_based_sli", "windows_based_sli.good_total_ratio_threshold.performance"])
        for (const indicator of slo.blocks(path)) yield* metrics(slo, indicator);
    }
  },
};

function* service(graph: Graph, slo: Resource): Iterable<Violation> {
  const types = ["google_monitoring_custom_service", "google_monitoring_service"];
  const target = graph.target(slo.get("service"), types, slo);
  if (target.kind === "missing")
    yield {
      resource: slo,
      severity: missingSeverity(target),
      message: `service is "${target.name}"; rejected by the API: it is not defined${nearestHint(target)}.`,
      fix: "Refer to its service_id, for example google_monitoring_custom_service.api.service_id.",
    };
  if (
    target.kind === "resource" &&
    target.resource.type === "google_monitoring_custom_service" &&
    slo.blocks("basic_sli").length > 0
  )
    yield {
      resource: slo,
      message: `basic_sli is set for ${target.resource.address}; rejected by the API: Monitoring knows no requests of a custom service.`,
      fix: "Use request_based_sli, or a google_monitoring_service for Cloud Run.",
    };
}

function* metrics(slo: Resource, indicator: Block): Iterable<Violation> {
  const measured = [
    ...indicator
      .blocks("good_total_ratio")
      .flatMap((ratio) => RATIO.map((name) => ({ name, metric: metricOf(ratio, name), cut: false }))),
    ...indicator.blocks("distribution_cut").map((block) => ({
      name: "distribution_filter",
      metric: metricOf(block, "distribution_filter"),
      cut: true,
    })),
  ];
  for (const { name, metric, cut } of measured) {
    if (metric === undefined) continue;
    const { type, kind, value } = metric;
    if (cut ? value === "DISTRIBUTION" : kind !== "GAUGE" && value === "NUMBER") continue;
    yield {
      resource: slo,
      message: `${name} names ${type}, a ${kind} ${value}; rejected by the API: ${cut ? "distribution_cut takes a distribution" : "a ratio counts DELTA or CUMULATIVE numbers"}.`,
      fix: cut
        ? "Use a distribution such as run.googleapis.com/request_latencies, or good_total_ratio."
        : "Count requests, for example run.googleapis.com/request_count.",
    };
  }
}

function metricOf(block: Block, name: string) {
  const filter = filterOf(block.get(name));
  const type = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
  return type === undefined ? undefined : metricNamed(type);
}
