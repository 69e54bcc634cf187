import { describe, expect, test } from "@jest/globals";
import { alertEngine } from "../../../rules/observability/alert-engine.ts";
import { alertLabel } from "../../../rules/observability/alert-label.ts";
import { alertNever } from "../../../rules/observability/alert-never.ts";
import { channel } from "../../../rules/observability/channel.ts";
import { dashboard } from "../../../rules/observability/dashboard.ts";
import { logMetricMissing } from "../../../rules/observability/log-metric-missing.ts";
import { logMetricShape } from "../../../rules/observability/log-metric-shape.ts";
import { check } from "../support.ts";
import { alert, filter, policy } from "./alert-fixture.ts";

const address = "google_monitoring_alert_policy.errors";
const database = (version: string, flags: object[] = []) => ({
  google_sql_database_instance: {
    main: { name: "main", database_version: version, settings: { database_flags: flags } },
  },
});

describe("observability/alert-engine", () => {
  const connections = filter("cloudsql.googleapis.com/database/network/connections", "cloudsql_database");

  test("network/connections holds for MySQL and never fires for PostgreSQL", () => {
    expect(check(alertEngine, alert({ filter: connections }, {}, database("MYSQL_8_0")))).toEqual([]);
    expect(check(alertEngine, alert({ filter: connections }))).toEqual([]);
    expect(check(alertEngine, alert({ filter: connections }, {}, database("POSTGRES_16")))).toEqual([
      {
        severity: "error",
        address,
        message:
          'the condition "errors" watches cloudsql.googleapis.com/database/network/connections, which MYSQL and SQLSERVER report, but google_sql_database_instance.main is POSTGRES: breaks at run time, it never fires.',
        fix: "Watch cloudsql.googleapis.com/database/postgresql/num_backends.",
      },
    ]);
  });
});

describe("observability/alert-never", () => {
  const said = (metric: string, resource: string, threshold_value: number, others = {}, more: object = {}) =>
    check(alertNever, alert({ filter: filter(metric, resource), threshold_value, ...more }, {}, others)).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  const mean = { aggregations: { alignment_period: "60s", per_series_aligner: "ALIGN_MEAN" } };

  test("a utilization ends at 1", () => {
    const cpu = ["cloudsql.googleapis.com/database/cpu/utilization", "cloudsql_database"] as const;
    expect(said(...cpu, 0.8, {}, mean)).toEqual([]);
    expect(said(...cpu, 1, {}, mean)).toHaveLength(1);
    expect(said(...cpu, 80, {}, mean)).toEqual([
      'error: the condition "errors" waits for cloudsql.googleapis.com/database/cpu/utilization above 80, but it is a share that ends at 1: breaks at run time, it never fires.',
    ]);
    expect(said(...cpu, 0, {}, { ...mean, comparison: "COMPARISON_LT" })).toHaveLength(1);
  });

  test("a connector has no more instances than its maximum", () => {
    const connector = (max_instances: number) => ({
      google_vpc_access_connector: { main: { name: "main", max_instances } },
    });
    const instances = ["vpcaccess.googleapis.com/connector/instances", "vpc_access_connector"] as const;
    expect(said(...instances, 9, connector(10), mean)).toEqual([]);
    expect(said(...instances, 10, connector(10), mean)).toEqual([
      'error: the condition "errors" waits for vpcaccess.googleapis.com/connector/instances above 10, but google_vpc_access_connector.main has at most 10 instances: breaks at run time, it never fires.',
    ]);
  });

  test("a database has no more connections than max_connections", () => {
    const backends = [
      "cloudsql.googleapis.com/database/postgresql/num_backends",
      "cloudsql_database",
    ] as const;
    const flags = database("POSTGRES_16", [{ name: "max_connections", value: "400" }]);
    expect(said(...backends, 399, flags, mean)).toEqual([]);
    expect(said(...backends, 400, flags, mean)).toHaveLength(1);
    expect(said(...backends, 400, database("POSTGRES_16"), mean)).toEqual([]);
    const small = {
      google_sql_database_instance: {
        main: { name: "main", database_version: "POSTGRES_16", settings: { tier: "db-f1-micro" } },
      },
    };
    expect(said(...backends, 24, small, mean)).toEqual([]);
    expect(said(...backends, 80, small, mean)).toEqual([
      'error: the condition "errors" waits for cloudsql.googleapis.com/database/postgresql/num_backends above 80, but google_sql_database_instance.main takes the default max_connections of db-f1-micro, 25, less 3 reserved: breaks at run time, it never fires.',
    ]);
  });

  test("Cloud Run writes 5xx, a load balancer 500", () => {
    const run = (value: string) =>
      check(
        alertNever,
        alert({
          filter: filter(
            "run.googleapis.com/request_count",
            "cloud_run_revision",
            ` AND metric.labels.response_code_class=${value}`,
          ),
        }),
      );
    expect(run('"5xx"')).toEqual([]);
    expect(run("500")).toMatchObject([
      {
        severity: "error",
        message:
          'the condition "errors" watches response_code_class "500", but Cloud Run reports "5xx": breaks at run time, it never fires.',
      },
    ]);
    const balancer = (value: string) =>
      check(
        alertNever,
        alert({
          filter: filter(
            "loadbalancing.googleapis.com/https/request_count",
            "https_lb_rule",
            ` AND metric.label.response_code_class="${value}"`,
          ),
        }),
      );
    expect(balancer("500")).toEqual([]);
    expect(balancer("5xx")).toHaveLength(1);
  });
});

describe("observability/log-metric-missing", () => {
  const said = (name: string) =>
    check(
      logMetricMissing,
      alert(
        { filter: filter(`logging.googleapis.com/user/${name}`, "cloud_run_revision") },
        {},
        {
          google_logging_metric: { errors: { name: "socket-errors", filter: "severity>=ERROR" } },
        },
      ),
    );

  test("a metric of the input holds, by name and by reference", () => {
    expect(said("socket-errors")).toEqual([]);
    expect(said("$" + "{google_logging_metric.errors.name}")).toEqual([]);
  });

  test("another name is refused, the nearest is named", () => {
    expect(said("socket-erors")).toMatchObject([
      {
        severity: "error",
        address,
        message:
          'the condition "errors" watches the log-based metric "socket-erors", which is not defined here; the nearest is google_logging_metric.errors: refused at apply.',
      },
    ]);
  });
});

describe("log-based metrics that PromQL asks for", () => {
  const said = (
    query: string,
    metrics: Record<string, unknown> = { errors: { name: "socket-errors", filter: "x" } },
  ) =>
    check(
      logMetricMissing,
      policy(
        { display_name: "errors", condition_prometheus_query_language: { query, duration: "60s" } },
        {},
        { google_logging_metric: metrics },
      ),
    );
  const asks = (name: string) => `sum(increase(logging_googleapis_com:user_${name}{x="y"}[300s])) > 0.5`;

  test("one of the input holds, another is never there", () => {
    expect(said(asks("socket_errors"))).toEqual([]);
    expect(said(asks("socket_erors"))).toEqual([
      {
        severity: "error",
        address,
        message:
          'the condition "errors" watches logging_googleapis_com:user_socket_erors, but no log-based metric here is called so: breaks at run time, it never fires.',
        fix: "Write one of logging_googleapis_com:user_socket_errors.",
      },
    ]);
  });

  test("nothing is said where the input defines none, or one whose name is not known", () => {
    expect(said(asks("socket_erors"), {})).toEqual([]);
    expect(said(asks("socket_erors"), { errors: { name: "$" + "{var.name}", filter: "x" } })).toEqual([]);
  });
});

describe("what an objective counts", () => {
  const requests =
    'metric.type="loadbalancing.googleapis.com/https/request_count" AND resource.type="https_lb_rule"';
  const said = (rule: typeof alertNever, bad_service_filter: string) =>
    check(rule, {
      google_compute_backend_service: { api: { name: "edge-api" } },
      google_monitoring_slo: {
        api: {
          request_based_sli: { good_total_ratio: { bad_service_filter, total_service_filter: requests } },
        },
      },
    }).map(({ message }) => message);

  test("is there, and of a class that is reported", () => {
    const right = `${requests} AND resource.labels.backend_target_name="edge-api" AND metric.labels.response_code_class=500`;
    expect([...said(alertNever, right), ...said(alertLabel, right)]).toEqual([]);
    expect(said(alertNever, right.replace("=500", '="5xx"'))).toEqual([
      'bad_service_filter watches response_code_class "5xx", but the load balancer reports "500": breaks at run time, it counts nothing.',
    ]);
    expect(said(alertLabel, right.replace("edge-api", "api-edge"))).toEqual([
      expect.stringMatching(
        /^bad_service_filter watches backend_target_name "api-edge", which is not defined here.*: breaks at run time, it counts nothing\.$/,
      ),
    ]);
  });
});

describe("observability/log-metric-shape", () => {
  const said = (metric: object) =>
    check(logMetricShape, { google_logging_metric: { errors: { name: "errors", filter: "x", ...metric } } });
  const descriptor = { metric_kind: "DELTA", value_type: "DISTRIBUTION" };

  test("a counter, and a distribution with its extractor, hold", () => {
    expect(said({ metric_descriptor: { ...descriptor, value_type: "INT64" } })).toEqual([]);
    expect(said({ metric_descriptor: descriptor, value_extractor: "EXTRACT(jsonPayload.ms)" })).toEqual([]);
  });

  test("a name with a space, no filter, and a label without extractor are refused", () => {
    const messages = (metric: object) => said(metric).map(({ message }) => message);
    expect(messages({ name: "socket errors" })).toEqual([expect.stringMatching(/^name is "socket errors"/)]);
    expect(messages({ filter: " " })).toEqual([expect.stringMatching(/^filter is empty/)]);
    const labels = {
      metric_descriptor: { ...descriptor, value_type: "INT64", labels: [{ key: "code" }, { key: "why" }] },
    };
    expect(messages({ ...labels, label_extractors: { code: "EXTRACT(jsonPayload.code)" } })).toEqual([
      'the label "why" of metric_descriptor has no extractor: refused at apply.',
    ]);
    expect(messages({ ...labels, label_extractors: "$" + "{var.extractors}" })).toEqual([]);
  });

  test("a distribution without extractor, a gauge and a stray label are refused", () => {
    expect(said({ metric_descriptor: descriptor })).toHaveLength(1);
    expect(said({ metric_descriptor: { metric_kind: "GAUGE", value_type: "INT64" } })).toHaveLength(1);
    const labels = { labels: [{ key: "code" }] };
    const counter = { ...descriptor, value_type: "INT64", ...labels };
    expect(said({ metric_descriptor: counter, label_extractors: { code: "EXTRACT(a)" } })).toEqual([]);
    expect(said({ metric_descriptor: counter, label_extractors: { status: "EXTRACT(a)" } })).toHaveLength(1);
  });
});

describe("observability/channel", () => {
  const said = (...notification_channels: unknown[]) => check(channel, alert({}, { notification_channels }));

  test("an id or a reference holds", () => {
    expect(
      said("projects/p/notificationChannels/123", "$" + "{google_monitoring_notification_channel.ops.id}"),
    ).toEqual([]);
  });

  test("an address is refused, none is advice", () => {
    expect(said("ops@example.com")).toMatchObject([
      {
        severity: "error",
        address,
        message:
          'notification_channels names "ops@example.com", which is not the id of a channel: refused at apply.',
      },
    ]);
    expect(said()).toMatchObject([{ severity: "warning" }]);
  });

  test("where no policy tells anybody it is said once", () => {
    const { google_monitoring_alert_policy: one } = alert({}, { notification_channels: [] });
    const policies = { errors: one?.errors, latency: one?.errors };
    expect(check(channel, { google_monitoring_alert_policy: policies })).toMatchObject([
      {
        severity: "warning",
        address,
        message: "2 policies have no notification_channels and tell nobody, this one first.",
      },
    ]);
  });

  test("a channel by email has an address", () => {
    const email = (labels: object | undefined) =>
      check(channel, { google_monitoring_notification_channel: { ops: { type: "email", labels } } });
    expect(email({ email_address: "ops@example.com" })).toEqual([]);
    expect(email({ address: "ops@example.com" })).toHaveLength(1);
  });
});

describe("observability/dashboard", () => {
  const said = (dashboard_json: string) =>
    check(dashboard, { google_monitoring_dashboard: { all: { dashboard_json } } });

  test("JSON holds, a comma too many is refused, a zero is advice", () => {
    expect(said('{"displayName":"all","mosaicLayout":{"columns":12}}')).toEqual([]);
    expect(said('{"displayName":"all",}')).toMatchObject([{ severity: "error" }]);
    expect(said('{"displayName":"all","xPos":0}')).toMatchObject([
      {
        severity: "warning",
        message: "dashboard_json holds xPos = 0, which Monitoring drops: every plan shows a difference.",
      },
    ]);
  });
});

describe("observability/alert-label", () => {
  const said = (resource: string, more: string) =>
    check(
      alertLabel,
      alert(
        { filter: filter("x.googleapis.com/y", resource, ` AND ${more}`) },
        {},
        {
          google_cloud_run_v2_service: { api: { name: "api", location: "europe-west1" } },
          ...database("POSTGRES_16"),
        },
      ),
    ).map(({ message }) => message);

  test("names of the input hold, of another project too", () => {
    expect(said("cloud_run_revision", 'resource.labels.service_name="api"')).toEqual([]);
    expect(said("cloudsql_database", 'resource.label.database_id="acme-dev:main"')).toEqual([]);
    expect(said("cloudsql_database", 'resource.label.database_id="other:orders"')).toEqual([]);
    expect(said("cloud_run_revision", 'resource.labels.service_name=~"ap.*"')).toEqual([]);
    expect(said("vpc_access_connector", 'resource.labels.connector_name="c"')).toEqual([]);
  });

  test("others never fire, the nearest is named", () => {
    expect(said("cloud_run_revision", 'resource.labels.service_name="apii"')).toEqual([
      'the condition "errors" watches service_name "apii", which is not defined here; the nearest is google_cloud_run_v2_service.api: breaks at run time, it never fires.',
    ]);
    expect(said("cloudsql_database", 'resource.label.database_id="acme-dev:mian"')).toHaveLength(1);
  });
});
