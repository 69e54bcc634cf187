import { describe, expect, test } from "@jest/globals";
import { rulesOf } from "../../../rules/index.ts";
import { alertAligner } from "../../../rules/observability/alert-aligner.ts";
import { alertFilter } from "../../../rules/observability/alert-filter.ts";
import { alertShape } from "../../../rules/observability/alert-shape.ts";
import { alertTiming } from "../../../rules/observability/alert-timing.ts";
import { check } from "../support.ts";
import { alert, filter, policy, threshold } from "./alert-fixture.ts";

const address = "google_monitoring_alert_policy.errors";
const unknown = "$" + "{var.unknown}";

describe("a correct alert policy", () => {
  test("gets no finding", () => {
    expect(rulesOf("observability").flatMap((rule) => check(rule, alert()))).toEqual([]);
  });
});

describe("observability/alert-timing", () => {
  const said = (
    changes: { readonly [key: string]: unknown },
    rest: { readonly [key: string]: unknown } = {},
  ) => check(alertTiming, alert(changes, rest)).map(({ message }) => message);

  test("whole minutes hold, none too", () => {
    expect([
      ...said({ duration: "0s" }),
      ...said({ duration: "60s" }),
      ...said({ duration: unknown }),
    ]).toEqual([]);
  });

  test("half minutes are refused, and minutes written as such", () => {
    expect(check(alertTiming, alert({ duration: "90s" }))).toMatchObject([
      {
        severity: "error",
        address,
        message: 'duration of the condition "errors" is 90 s, not a multiple of 60 s: refused at apply.',
      },
    ]);
    expect(said({ duration: "5m" })).toHaveLength(1);
  });

  test("an alignment period is 60 s to 25 h", () => {
    const aligned = (alignment_period: unknown) =>
      said({ aggregations: { alignment_period, per_series_aligner: "ALIGN_RATE" } });
    expect([...aligned("60s"), ...aligned("90000s")]).toEqual([]);
    expect(aligned("30s")).toEqual([
      'alignment_period of the condition "errors" is 30 s, outside 60 to 90000 s: refused at apply.',
    ]);
    expect(aligned(undefined)).toHaveLength(1);
  });

  test("a reducer needs an aligner", () => {
    expect(said({ aggregations: { cross_series_reducer: "REDUCE_SUM" } })).toHaveLength(1);
  });

  test("an absence takes two minutes", () => {
    const absent = (duration: string) =>
      check(alertTiming, policy({ condition_absent: { filter: "", duration } }));
    expect(absent("120s")).toEqual([]);
    expect(absent("60s")).toHaveLength(1);
  });

  test("auto_close takes half an hour", () => {
    expect(said({}, { alert_strategy: { auto_close: "1800s" } })).toEqual([]);
    expect(said({}, { alert_strategy: { auto_close: "1799s" } })).toEqual([
      "auto_close is 1799 s, below 1800 s: refused at apply.",
    ]);
  });

  test("PromQL is evaluated every 30 s", () => {
    const promql = (evaluation_interval: string) =>
      check(
        alertTiming,
        policy({
          condition_prometheus_query_language: { query: "up == 0", duration: "45s", evaluation_interval },
        }),
      );
    expect(promql("30s")).toEqual([]);
    expect(promql("45s")).toHaveLength(1);
  });
});

describe("observability/alert-shape", () => {
  test("GT and LT hold, GE is refused", () => {
    expect(check(alertShape, alert({ comparison: "COMPARISON_LT" }))).toEqual([]);
    expect(check(alertShape, alert({ comparison: "COMPARISON_GE" }))).toMatchObject([
      {
        severity: "error",
        address,
        message:
          'comparison of the condition "errors" is COMPARISON_GE: refused at apply, Monitoring takes COMPARISON_GT and COMPARISON_LT only.',
      },
    ]);
  });

  test("six conditions hold, seven are refused", () => {
    const many = (count: number) => policy(Array.from({ length: count }, () => threshold()));
    expect(check(alertShape, many(6))).toEqual([]);
    expect(check(alertShape, many(7))).toHaveLength(1);
  });

  test("a condition has one kind", () => {
    expect(check(alertShape, policy({ display_name: "x" }))).toHaveLength(1);
    const both = { ...threshold(), condition_absent: { duration: "120s" } };
    expect(check(alertShape, policy(both))).toHaveLength(1);
    expect(
      check(alertShape, policy([{ condition_monitoring_query_language: { query: "" } }, threshold()])),
    ).toHaveLength(1);
  });

  test("a rate limit goes with log conditions, and only with them", () => {
    const limit = { alert_strategy: { notification_rate_limit: { period: "300s" } } };
    const logs = { display_name: "x", condition_matched_log: { filter: "severity>=ERROR" } };
    expect(check(alertShape, policy(logs, limit))).toEqual([]);
    expect(check(alertShape, policy(logs))).toHaveLength(1);
    expect(check(alertShape, alert({}, limit))).toHaveLength(1);
  });

  test("no threshold is advice, a misspelled combiner is refused", () => {
    expect(check(alertShape, alert({ threshold_value: undefined }))).toMatchObject([{ severity: "warning" }]);
    expect(check(alertShape, alert({}, { combiner: "ANY" }))).toMatchObject([{ severity: "error" }]);
  });
});

describe("observability/alert-filter", () => {
  const said = (text: string) => check(alertFilter, alert({ filter: text })).map(({ message }) => message);

  test("a metric on its resource holds, objectives and groups too", () => {
    expect(said(filter("run.googleapis.com/request_count", "cloud_run_revision"))).toEqual([]);
    expect(said('select_slo_burn_rate("projects/p/services/s/serviceLevelObjectives/o", "60m")')).toEqual([]);
    expect(said('metric.type="compute.googleapis.com/instance/cpu/usage_time" AND group.id="1"')).toEqual([]);
    expect(said(filter("custom.googleapis.com/queue", "generic_task"))).toEqual([]);
  });

  test("without resource.type or metric.type it is refused", () => {
    expect(
      check(alertFilter, alert({ filter: 'metric.type="run.googleapis.com/request_count"' })),
    ).toMatchObject([
      {
        severity: "error",
        address,
        message: 'the filter of the condition "errors" has no resource.type: refused at apply.',
      },
    ]);
    expect(said('resource.type="cloud_run_revision"')).toHaveLength(1);
  });

  test("a metric on another resource, and one that does not exist", () => {
    expect(said(filter("run.googleapis.com/request_count", "cloudsql_database"))).toEqual([
      'the condition "errors" watches run.googleapis.com/request_count on resource.type "cloudsql_database", but it is reported by cloud_run_revision: refused at apply, or never fires.',
    ]);
    expect(
      said(filter("vpcaccess.googleapis.com/connector/throughput", "vpc_access_connector")),
    ).toHaveLength(1);
    expect(said(filter("run.googleapis.com/container/cpu/utilization", "cloud_run_revision"))).toEqual([
      'the condition "errors" watches "run.googleapis.com/container/cpu/utilization", a metric that does not exist; the nearest is "run.googleapis.com/container/cpu/utilizations": refused at apply.',
    ]);
  });

  test("2048 characters hold", () => {
    const padded = (length: number) => {
      const text = filter("run.googleapis.com/request_count", "cloud_run_revision");
      return text + " ".repeat(length - text.length);
    };
    expect(said(padded(2048))).toEqual([]);
    expect(said(padded(2049))).toHaveLength(1);
  });

  test("a filter with unknown words is judged for what it says only", () => {
    expect(said(`metric.type="run.googleapis.com/request_count" AND ${unknown}`)).toEqual([]);
    expect(
      said(`metric.type="run.googleapis.com/request_count" AND resource.label.service_name="${unknown}"`),
    ).toHaveLength(1);
  });
});

describe("observability/alert-aligner", () => {
  const said = (metric: string, resource: string, aligner: string | undefined, others = {}) =>
    check(
      alertAligner,
      alert(
        {
          filter: filter(metric, resource),
          aggregations:
            aligner === undefined ? undefined : { alignment_period: "60s", per_series_aligner: aligner },
        },
        {},
        others,
      ),
    ).map(({ message }) => message);
  const latencies = ["run.googleapis.com/request_latencies", "cloud_run_revision"] as const;

  test("a distribution takes percentiles and differences, no mean, and not nothing", () => {
    expect([...said(...latencies, "ALIGN_PERCENTILE_99"), ...said(...latencies, "ALIGN_DELTA")]).toEqual([]);
    expect(said(...latencies, "ALIGN_MEAN")).toEqual([
      'the condition "errors" aligns run.googleapis.com/request_latencies, a DELTA DISTRIBUTION, with ALIGN_MEAN: refused at apply.',
    ]);
    expect(said(...latencies, undefined)).toHaveLength(1);
    expect(said(...latencies, unknown)).toEqual([]);
  });

  test("a gauge has no rate, a counter no percentile", () => {
    const backends = [
      "cloudsql.googleapis.com/database/postgresql/num_backends",
      "cloudsql_database",
    ] as const;
    expect(said(...backends, "ALIGN_MEAN")).toEqual([]);
    expect(said(...backends, "ALIGN_RATE")).toHaveLength(1);
    expect(
      said("run.googleapis.com/request_count", "cloud_run_revision", "ALIGN_PERCENTILE_99"),
    ).toHaveLength(1);
  });

  test("an uptime check passes or not", () => {
    const uptime = ["monitoring.googleapis.com/uptime_check/check_passed", "uptime_url"] as const;
    expect([...said(...uptime, "ALIGN_NEXT_OLDER"), ...said(...uptime, "ALIGN_FRACTION_TRUE")]).toEqual([]);
    expect(said(...uptime, "ALIGN_MEAN")).toHaveLength(1);
  });

  test("a log-based distribution is one, too", () => {
    const metric = {
      google_logging_metric: {
        latency: { name: "latency", metric_descriptor: { metric_kind: "DELTA", value_type: "DISTRIBUTION" } },
      },
    };
    const named = ["logging.googleapis.com/user/latency", "cloud_run_revision"] as const;
    expect(said(...named, "ALIGN_PERCENTILE_95", metric)).toEqual([]);
    expect(said(...named, "ALIGN_MEAN", metric)).toHaveLength(1);
  });
});
