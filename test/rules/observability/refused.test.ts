import { describe, expect, test } from "@jest/globals";
import { alertLabel } from "../../../rules/observability/alert-label.ts";
import { alertShape } from "../../../rules/observability/alert-shape.ts";
import { channel } from "../../../rules/observability/channel.ts";
import { logMetricShape } from "../../../rules/observability/log-metric-shape.ts";
import { uptimeHost } from "../../../rules/observability/uptime-host.ts";
import { uptimeRequest } from "../../../rules/observability/uptime-request.ts";
import { withService } from "../service/cloud-run-fixture.ts";
import { check, type Resources } from "../support.ts";
import { alert, filter, policy, requestCount, threshold } from "./alert-fixture.ts";

const errors = (found: readonly { severity: string; message: string }[]) =>
  found.filter(({ severity }) => severity === "error").map(({ message }) => message);

describe("observability/alert-shape", () => {
  const said = (changes: object, rest: object = {}) =>
    errors(check(alertShape, alert({ ...changes }, { ...rest })));

  test("texts at their limits hold, longer ones are refused", () => {
    const texts = (name: number, content: number) => ({
      display_name: "x".repeat(name),
      documentation: { content: "x".repeat(content) },
    });
    expect(said({}, texts(512, 8192))).toEqual([]);
    expect(said({}, texts(513, 8193))).toEqual([
      "display_name has 513 characters, above 512: refused at apply.",
      "documentation.content has 8193 characters, above 8192: refused at apply.",
    ]);
    expect(said({}, { severity: "HIGH", user_labels: { Team: "x" } })).toHaveLength(2);
  });

  test("both sides of a ratio are aligned alike", () => {
    const below = (alignment_period: string) => ({
      denominator_filter: requestCount,
      denominator_aggregations: { alignment_period, per_series_aligner: "ALIGN_RATE" },
    });
    expect(said(below("60s"))).toEqual([]);
    expect(said(below("300s"))).toHaveLength(1);
  });

  test("a log match stands alone", () => {
    const logs = { display_name: "log", condition_matched_log: { filter: "x" } };
    const strategy = { alert_strategy: { notification_rate_limit: { period: "300s" } } };
    expect(errors(check(alertShape, policy([logs], strategy)))).toEqual([]);
    expect(errors(check(alertShape, policy([logs, threshold()], strategy)))).toHaveLength(1);
  });
});

describe("observability/alert-label", () => {
  const said = (resource: string, metric: string, more: string) =>
    errors(check(alertLabel, alert({ filter: filter(metric, resource, more) })));

  test("a label has the form that Monitoring reports, and belongs to its resource", () => {
    const sql = (label: string) => said("cloudsql_database", "cloudsql.googleapis.com/database/up", label);
    expect(sql(' AND resource.labels.database_id="acme-dev:db"')).toEqual([]);
    expect(sql(' AND resource.labels.database_id="db"')).toEqual([
      'the condition "errors" watches database_id "db", but Monitoring reports it as PROJECT:INSTANCE: breaks at run time, it never fires.',
    ]);
    expect(sql(' AND resource.labels.instance="acme-dev:db"')).toHaveLength(1);
    expect(sql(' AND metric.labels.database="app"')).toEqual([]);
  });
});

describe("observability/channel", () => {
  test("types and addresses of the API hold, others are refused", () => {
    const said = (type: string, email_address: string) =>
      errors(
        check(channel, {
          google_monitoring_notification_channel: { ops: { type, labels: { email_address } } },
        }),
      );
    expect(said("email", "ops@example.com")).toEqual([]);
    expect(said("email", "ops")).toEqual(['email_address is "ops": refused at apply, that is no address.']);
    expect(said("mail", "ops@example.com")).toHaveLength(1);
  });
});

describe("observability/log-metric-shape", () => {
  test("a value is extracted by a function, and counted or measured", () => {
    const said = (value_type: string, value_extractor: string) =>
      errors(
        check(logMetricShape, {
          google_logging_metric: {
            m: { name: "m", value_extractor, metric_descriptor: { metric_kind: "DELTA", value_type } },
          },
        }),
      );
    expect(said("DISTRIBUTION", "EXTRACT(jsonPayload.latency)")).toEqual([]);
    expect(said("DISTRIBUTION", "jsonPayload.latency")).toHaveLength(1);
    expect(said("STRING", "EXTRACT(jsonPayload.latency)")).toHaveLength(1);
  });
});

describe("observability/uptime-request and uptime-host", () => {
  const uptime = (changes: object): Resources => ({
    google_monitoring_uptime_check_config: {
      api: {
        timeout: "10s",
        http_check: { path: "/health", port: 443, use_ssl: true },
        monitored_resource: { type: "uptime_url", labels: { host: "example.com" } },
        ...changes,
      },
    },
  });
  const said = (changes: object) => errors(check(uptimeRequest, uptime(changes)));

  test("a check asks something of a resource that it can name", () => {
    expect(said({})).toEqual([]);
    expect(said({ http_check: undefined })).toHaveLength(1);
    expect(
      said({ monitored_resource: { type: "uptime-url", labels: { host: "example.com" } } }),
    ).toHaveLength(1);
    expect(said({ monitored_resource: { type: "uptime_url", labels: { project_id: "p" } } })).toHaveLength(1);
    expect(said({ checker_type: "VPC_CHECKERS" })).toHaveLength(1);
    expect(said({ http_check: { headers: { "Content-Type": "text/plain" } } })).toHaveLength(1);
    expect(said({ content_matchers: { content: "ok", matcher: "MATCHES_JSON_PATH" } })).toHaveLength(1);
    const status = (content: string, json_matcher = "EXACT_MATCH") =>
      said({
        content_matchers: {
          content,
          matcher: "MATCHES_JSON_PATH",
          json_path_matcher: { json_path: "$.status", json_matcher },
        },
      });
    expect(status('"healthy"')).toEqual([]);
    expect(status("health.*", "REGEX_MATCH")).toEqual([]);
    expect(status("healthy")).toHaveLength(1);
  });

  test("a run.app address written by hand is that of its service", () => {
    const monitored = { type: "uptime_url", labels: { host: "api-a1b2c3d4e5-ew.a.run.app" } };
    const found = (ingress: string) =>
      errors(
        check(uptimeHost, withService({ service: { ingress } }, uptime({ monitored_resource: monitored }))),
      );
    expect(found("INGRESS_TRAFFIC_ALL")).toEqual([]);
    expect(found("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER")).toHaveLength(1);
  });
});
