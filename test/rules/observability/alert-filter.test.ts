import { describe, expect, test } from "@jest/globals";
import { alertFilter } from "../../../rules/observability/alert-filter.ts";
import { check } from "../support.ts";
import { alert, filter } from "./alert-fixture.ts";

const unknown = "$" + "{var.unknown}";
const messages = (text: string) => check(alertFilter, alert({ filter: text })).map(({ message }) => message);

describe("observability/alert-filter", () => {
  test("a metric on its resource holds, objectives and groups too", () => {
    expect(messages(filter("run.googleapis.com/request_count", "cloud_run_revision"))).toEqual([]);
    expect(messages('select_slo_burn_rate("projects/p/services/s/serviceLevelObjectives/o", "60m")')).toEqual(
      [],
    );
    expect(messages('metric.type="compute.googleapis.com/instance/cpu/usage_time" AND group.id="1"')).toEqual(
      [],
    );
    expect(messages(filter("custom.googleapis.com/queue", "generic_task"))).toEqual([]);
    expect(messages(filter("router.googleapis.com/nat/port_usage", "nat_gateway"))).toEqual([]);
  });

  test("without resource.type or metric.type it is rejected", () => {
    expect(
      check(alertFilter, alert({ filter: 'metric.type="run.googleapis.com/request_count"' })),
    ).toMatchObject([
      {
        severity: "error",
        address: "google_monitoring_alert_policy.errors",
        message:
          'the filter of the condition "errors" has no resource.type; rejected by the API: it must name one.',
      },
    ]);
    expect(messages('resource.type="cloud_run_revision"')).toHaveLength(1);
  });

  test("a metric on another resource, and one that does not exist", () => {
    expect(messages(filter("run.googleapis.com/request_count", "cloudsql_database"))).toEqual([
      'the condition "errors" watches run.googleapis.com/request_count on resource.type "cloudsql_database"; rejected by the API, or never fires: it is reported by cloud_run_revision.',
    ]);
    expect(messages(filter("router.googleapis.com/nat/port_usage", "gce_router"))).toHaveLength(1);
    expect(
      messages(filter("vpcaccess.googleapis.com/connector/throughput", "vpc_access_connector")),
    ).toHaveLength(1);
    expect(messages(filter("run.googleapis.com/container/cpu/utilization", "cloud_run_revision"))).toEqual([
      'the condition "errors" watches "run.googleapis.com/container/cpu/utilization"; rejected by the API: there is no such metric; the nearest is "run.googleapis.com/container/cpu/utilizations".',
    ]);
  });

  test("2048 characters hold", () => {
    const padded = (length: number) => {
      const text = filter("run.googleapis.com/request_count", "cloud_run_revision");
      return text + " ".repeat(length - text.length);
    };
    expect(messages(padded(2048))).toEqual([]);
    expect(messages(padded(2049))).toEqual([
      'the filter of the condition "errors" has 2049 characters; rejected by the API: it must have at most 2048.',
    ]);
  });

  test("a filter with unknown words is judged for what it says only", () => {
    expect(messages(`metric.type="run.googleapis.com/request_count" AND ${unknown}`)).toEqual([]);
    expect(
      messages(`metric.type="run.googleapis.com/request_count" AND resource.label.service_name="${unknown}"`),
    ).toHaveLength(1);
  });
});
