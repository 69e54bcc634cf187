import { describe, expect, test } from "@jest/globals";
import { dashboardMetric } from "../../../rules/observability/dashboard-metric.ts";
import { check } from "../support.ts";
import { dashboards } from "./dashboard-fixture.ts";

describe("observability/dashboard-metric", () => {
  const messages = (filter: string) =>
    check(
      dashboardMetric,
      dashboards({
        displayName: "all",
        gridLayout: {
          widgets: [
            { xyChart: { dataSets: [{ timeSeriesQuery: { timeSeriesFilter: { filter } } }] } },
            { logsPanel: { filter: 'metric.type="vpcaccess.googleapis.com/connector/throughput"' } },
          ],
        },
      }),
    ).map(({ severity, message }) => [severity, message]);

  test("metrics of Google's list and of others hold", () => {
    expect(
      messages('metric.type="run.googleapis.com/request_count" AND resource.type="cloud_run_revision"'),
    ).toEqual([]);
    expect(messages('metric.type="custom.googleapis.com/orders" AND resource.type="global"')).toEqual([]);
    expect(
      messages('select_slo_burn_rate("projects/p/services/s/serviceLevelObjectives/o", "3600s")'),
    ).toEqual([]);
  });

  test("a filter that chooses is not judged: it may name several types", () => {
    const metric = 'metric.type="run.googleapis.com/request_count"';
    expect(
      messages(`${metric} AND (resource.type="https_lb_rule" OR resource.type="cloud_run_revision")`),
    ).toEqual([]);
    expect(messages(`${metric} AND resource.type=one_of("https_lb_rule", "cloud_run_revision")`)).toEqual([]);
    expect(messages(`${metric} AND NOT resource.type="https_lb_rule"`)).toEqual([]);
  });

  test("a metric that does not exist", () => {
    expect(
      messages(
        'metric.type="vpcaccess.googleapis.com/connector/instance" AND resource.type="vpc_access_connector"',
      ),
    ).toEqual([
      [
        "error",
        "a chart shows vpcaccess.googleapis.com/connector/instance; fails at run time: there is no such metric, and the chart stays empty; the nearest is vpcaccess.googleapis.com/connector/instances.",
      ],
    ]);
  });

  test("a resource that does not report it", () => {
    expect(
      messages('metric.type="run.googleapis.com/request_count" AND resource.type="https_lb_rule"'),
    ).toEqual([
      [
        "error",
        "a chart shows run.googleapis.com/request_count of https_lb_rule; fails at run time: it is reported by cloud_run_revision, and the chart stays empty.",
      ],
    ]);
  });
});
