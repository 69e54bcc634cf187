import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { alert, filter } from "./alert-fixture.ts";

const LATENCY = ["run.googleapis.com/request_latencies", "cloud_run_revision"] as const;

const said = (threshold_value: number, changes: object = {}, metric: readonly [string, string] = LATENCY) =>
  check(
    ruleById("observability/alert-unit"),
    alert({
      filter: filter(...metric),
      threshold_value,
      aggregations: { alignment_period: "60s", per_series_aligner: "ALIGN_PERCENTILE_99" },
      ...changes,
    }),
  );

test("a latency of a few milliseconds was meant in seconds", () => {
  expect(said(2000)).toEqual([]);
  expect(said(10)).toEqual([]);
  expect(said(2)).toMatchObject([
    {
      severity: "warning",
      message:
        'the condition "errors" waits for run.googleapis.com/request_latencies above 2; fails at run time: the metric is in milliseconds, so nearly every request meets it.',
      fix: "Write the threshold in milliseconds: 2 s are 2000.",
    },
  ]);
  const balancer = ["loadbalancing.googleapis.com/https/total_latencies", "https_lb_rule"] as const;
  expect(said(1.5, {}, balancer)).toHaveLength(1);
});

test("counts of requests, ratios, thresholds from below and other metrics are in other units", () => {
  const aligned = (per_series_aligner: string) => ({
    aggregations: { alignment_period: "60s", per_series_aligner },
  });
  expect(said(2, aligned("ALIGN_COUNT"))).toEqual([]);
  expect(said(2, { denominator_filter: filter(...LATENCY) })).toEqual([]);
  expect(said(2, { comparison: "COMPARISON_LT" })).toEqual([]);
  expect(said(2, {}, ["run.googleapis.com/request_count", "cloud_run_revision"])).toEqual([]);
});
