import { describe, expect, test } from "@jest/globals";
import { alertAligner } from "../../../rules/observability/alert-aligner.ts";
import { check } from "../support.ts";
import { alert, filter } from "./alert-fixture.ts";

const messages = (metric: string, resource: string, aligner: string | undefined, others = {}) =>
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

describe("observability/alert-aligner", () => {
  test("a distribution takes percentiles and differences, no mean, and not nothing", () => {
    const latencies = ["run.googleapis.com/request_latencies", "cloud_run_revision"] as const;
    for (const aligner of ["ALIGN_PERCENTILE_99", "ALIGN_DELTA", "$" + "{var.unknown}"])
      expect(messages(...latencies, aligner)).toEqual([]);
    expect(messages(...latencies, "ALIGN_MEAN")).toEqual([
      'the condition "errors" aligns run.googleapis.com/request_latencies with ALIGN_MEAN; rejected by the API: it is a DELTA DISTRIBUTION.',
    ]);
    expect(messages(...latencies, undefined)).toEqual([
      'the condition "errors" compares run.googleapis.com/request_latencies without an aligner; rejected by the API: a distribution must be aligned to a number.',
    ]);
  });

  test("a gauge has no rate, a counter no percentile", () => {
    const backends = [
      "cloudsql.googleapis.com/database/postgresql/num_backends",
      "cloudsql_database",
    ] as const;
    expect(messages(...backends, "ALIGN_MEAN")).toEqual([]);
    expect(messages(...backends, "ALIGN_RATE")).toHaveLength(1);
    expect(
      messages("run.googleapis.com/request_count", "cloud_run_revision", "ALIGN_PERCENTILE_99"),
    ).toHaveLength(1);
  });

  test("an uptime check passes or not, and so does an allocation of Cloud NAT", () => {
    const uptime = ["monitoring.googleapis.com/uptime_check/check_passed", "uptime_url"] as const;
    for (const aligner of ["ALIGN_NEXT_OLDER", "ALIGN_FRACTION_TRUE"])
      expect(messages(...uptime, aligner)).toEqual([]);
    expect(messages(...uptime, "ALIGN_MEAN")).toHaveLength(1);
    const failed = ["router.googleapis.com/nat/nat_allocation_failed", "nat_gateway"] as const;
    expect(messages(...failed, "ALIGN_COUNT_TRUE")).toEqual([]);
    expect(messages(...failed, "ALIGN_RATE")).toHaveLength(1);
  });

  test("a log-based distribution is one, too", () => {
    const metric = {
      google_logging_metric: {
        latency: { name: "latency", metric_descriptor: { metric_kind: "DELTA", value_type: "DISTRIBUTION" } },
      },
    };
    const named = ["logging.googleapis.com/user/latency", "cloud_run_revision"] as const;
    expect(messages(...named, "ALIGN_PERCENTILE_95", metric)).toEqual([]);
    expect(messages(...named, "ALIGN_MEAN", metric)).toHaveLength(1);
  });
});
