import { describe, expect, test } from "@jest/globals";
import { alertNever } from "../../../rules/observability/alert-never.ts";
import { check } from "../support.ts";
import { alert, burnRate, countedBy, database, filter } from "./alert-fixture.ts";

describe("observability/alert-never", () => {
  const reported = (changes: object, others: object = {}) =>
    check(alertNever, alert({ ...changes }, {}, { ...others })).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  const mean = { aggregations: { alignment_period: "60s", per_series_aligner: "ALIGN_MEAN" } };
  const above = (metric: string, resource: string, threshold_value: number, others = {}, more: object = {}) =>
    reported({ filter: filter(metric, resource), threshold_value, ...mean, ...more }, others);

  test("a utilization ends at 1", () => {
    const cpu = ["cloudsql.googleapis.com/database/cpu/utilization", "cloudsql_database"] as const;
    expect(above(...cpu, 0.8)).toEqual([]);
    expect(above(...cpu, 1)).toEqual([expect.stringMatching(/^warning: /)]);
    expect(above(...cpu, 80)).toEqual([
      'error: the condition "errors" waits for cloudsql.googleapis.com/database/cpu/utilization above 80; fails at run time: it is a share that ends at 1, so it never fires.',
    ]);
    expect(above(...cpu, 0, {}, { comparison: "COMPARISON_LT" })).toEqual([
      expect.stringContaining("fails at run time: it is never negative, so it never fires."),
    ]);
  });

  test("a connector has no more instances than its maximum", () => {
    const connector = (max_instances: number) => ({
      google_vpc_access_connector: { main: { name: "main", max_instances } },
    });
    const instances = ["vpcaccess.googleapis.com/connector/instances", "vpc_access_connector"] as const;
    expect(above(...instances, 9, connector(10))).toEqual([]);
    expect(above(...instances, 10, connector(10))).toEqual([
      'error: the condition "errors" waits for vpcaccess.googleapis.com/connector/instances above 10; fails at run time: google_vpc_access_connector.main has at most 10 instances, so it never fires.',
    ]);
  });

  test("of connectors of one name in several regions, the one in the region of the filter is meant", () => {
    const connectors = {
      google_vpc_access_connector: {
        eu: { name: "main", region: "europe-west1", max_instances: 3 },
        us: { name: "main", region: "us-central1", max_instances: 5 },
      },
    };
    const metric = ["vpcaccess.googleapis.com/connector/instances", "vpc_access_connector"] as const;
    const found = (location: string, threshold_value: number) =>
      reported(
        {
          filter: `${filter(...metric)} AND resource.label.connector_name = "main"${location}`,
          threshold_value,
          ...mean,
        },
        connectors,
      );
    const inUs = ' AND resource.label.location = "us-central1"';
    expect(found(inUs, 4)).toEqual([]);
    expect(found(inUs, 5)).toEqual([
      'error: the condition "errors" waits for vpcaccess.googleapis.com/connector/instances above 5; fails at run time: google_vpc_access_connector.us has at most 5 instances, so it never fires.',
    ]);
    expect(found("", 4)).toEqual([]);
    expect(found("", 5)).toHaveLength(1);
  });

  test("a database has no more connections than max_connections", () => {
    const backends = [
      "cloudsql.googleapis.com/database/postgresql/num_backends",
      "cloudsql_database",
    ] as const;
    const flags = database("POSTGRES_16", [{ name: "max_connections", value: "400" }]);
    expect(above(...backends, 399, flags)).toEqual([]);
    expect(above(...backends, 400, flags)).toHaveLength(1);
    expect(above(...backends, 400, database("POSTGRES_16"))).toEqual([]);
    const small = {
      google_sql_database_instance: {
        main: { name: "main", database_version: "POSTGRES_16", settings: { tier: "db-f1-micro" } },
      },
    };
    expect(above(...backends, 24, small)).toEqual([]);
    expect(above(...backends, 80, small)).toEqual([
      'error: the condition "errors" waits for cloudsql.googleapis.com/database/postgresql/num_backends above 80; fails at run time: google_sql_database_instance.main takes the default max_connections of db-f1-micro, 25, less 3 reserved, so it never fires.',
    ]);
  });

  test("with noeviction no key is ever evicted", () => {
    const evicted = ["redis.googleapis.com/stats/evicted_keys", "redis_instance", 0] as const;
    const delta = { aggregations: { alignment_period: "300s", per_series_aligner: "ALIGN_DELTA" } };
    const redis = (policy: string) => ({
      google_redis_instance: { cache: { name: "cache", redis_configs: { "maxmemory-policy": policy } } },
    });
    expect(above(...evicted, redis("allkeys-lru"), delta)).toEqual([]);
    expect(above(...evicted, redis("noeviction"), delta)).toEqual([
      'error: the condition "errors" waits for redis.googleapis.com/stats/evicted_keys above 0; fails at run time: google_redis_instance.cache has maxmemory-policy noeviction, so it never fires.',
    ]);
  });

  test("no burn rate is higher than that of a total failure", () => {
    const objective = (goal: number) => ({
      google_monitoring_custom_service: { api: { service_id: "api" } },
      google_monitoring_slo: {
        api: {
          service: "${google_monitoring_custom_service.api.service_id}",
          slo_id: "api-latency",
          goal,
          rolling_period_days: 30,
        },
      },
    });
    expect(reported(burnRate("3600s", 14.4), objective(0.95))).toEqual([]);
    expect(reported(burnRate("3600s", 19.9), objective(0.95))).toEqual([]);
    expect(reported(burnRate("3600s", 14.4), objective(0.9))).toEqual([
      'error: the condition "errors" waits for a burn rate above 14.4; fails at run time: at a goal of 0.9 (google_monitoring_slo.api) a total failure has a burn rate of 10, so it never fires.',
    ]);
  });

  test("the burn rate of an objective that is not here is not judged", () => {
    const other = 'select_slo_burn_rate("projects/p/services/x/serviceLevelObjectives/y", "1h")';
    expect(reported({ ...burnRate("3600s", 14.4), filter: other })).toEqual([]);
  });

  test("Cloud Run writes 5xx, a load balancer 500", () => {
    const ofClass = (metric: string, resource: string, label: string) =>
      reported({ filter: filter(metric, resource, ` AND ${label}`) });
    const run = (value: string) =>
      ofClass(
        "run.googleapis.com/request_count",
        "cloud_run_revision",
        `metric.labels.response_code_class=${value}`,
      );
    expect(run('"5xx"')).toEqual([]);
    expect(run("500")).toEqual([
      'error: the condition "errors" watches response_code_class "500"; fails at run time: Cloud Run reports "5xx", so it never fires.',
    ]);
    const balancer = (value: string) =>
      ofClass(
        "loadbalancing.googleapis.com/https/request_count",
        "https_lb_rule",
        `metric.label.response_code_class="${value}"`,
      );
    expect(balancer("500")).toEqual([]);
    expect(balancer("5xx")).toHaveLength(1);
  });

  test("an objective counts a class that is reported", () => {
    expect(countedBy(alertNever, "response_code_class=500")).toEqual([]);
    expect(countedBy(alertNever, 'response_code_class="5xx"')).toEqual([
      'bad_service_filter watches response_code_class "5xx"; fails at run time: the load balancer reports "500", so it counts nothing.',
    ]);
  });
});
