import { describe, expect, test } from "@jest/globals";
import { AlertPolicy } from "../../constructs/operations/alert-policy.ts";
import { ConnectivityTest } from "../../constructs/operations/connectivity-test.ts";
import { LogMetric } from "../../constructs/operations/log-metric.ts";
import { ScheduledJob } from "../../constructs/operations/scheduled-job.ts";
import { ServiceObjectives } from "../../constructs/operations/service-objectives.ts";
import { UptimeCheck } from "../../constructs/operations/uptime-check.ts";
import type { Alert } from "../../platform/operations/alert.ts";
import { seconds } from "../../platform/units.ts";
import { constructJson } from "../support/construct.ts";
import { resource } from "../support/synthesized.ts";

const alert: Alert = {
  id: "queue",
  severity: "page",
  symptom: "requests-slow",
  title: "The queue is long",
  meaning: "Work piles up.",
  numbers: ["100 of 120 (queue.limit)"],
  commands: ["one", "two", "three"],
  conditions: [
    {
      kind: "log",
      title: "a line",
      filter: 'textPayload:"full"',
      every: seconds(3600),
      autoClose: seconds(86400),
    },
  ],
};

describe("AlertPolicy", () => {
  const built = (changes: object = {}) =>
    resource(
      constructJson((stack) => {
        new AlertPolicy(stack, "queue", {
          alert,
          environment: "acme",
          channels: ["projects/p/notificationChannels/1"],
          objectiveName: (id) => id,
          ...changes,
        });
      }),
      "google_monitoring_alert_policy",
    );

  test("a log condition has a rate limit and is closed; the documentation says all that is known", () => {
    const policy = built();
    expect(policy).toMatchObject({
      display_name: "The queue is long",
      severity: "CRITICAL",
      combiner: "OR",
      alert_strategy: { auto_close: "86400s", notification_rate_limit: { period: "3600s" } },
      user_labels: { severity: "page", symptom: "requests-slow" },
    });
    expect(policy.documentation.links).toBeUndefined();
    expect(policy.documentation.content.split("\n\n")).toEqual([
      "Work piles up.",
      "**Numbers**",
      "- 100 of 120 (queue.limit)",
      "**First**",
      "1. `one`\n2. `two`\n3. `three`",
      expect.stringMatching(/^\*\*Several at once\?\*\* They have one cause/),
      "**Runbook** Requests are slow: docs/runbook/acme.md#requests-slow",
    ]);
  });

  test("a published runbook becomes a link, and a note stands before the numbers", () => {
    const { documentation } = built({ runbook: "https://acme.example/runbook.md", note: "Nobody is woken." });
    expect(documentation.links).toEqual([
      { display_name: "Runbook", url: "https://acme.example/runbook.md#requests-slow" },
    ]);
    expect(documentation.content).toContain("Work piles up.\n\nNobody is woken.\n\n**Numbers**");
  });

  test("PromQL on a metric that is yet to come is not validated", () => {
    const promql: Alert = {
      ...alert,
      conditions: [
        {
          kind: "promql",
          title: "many",
          query: {
            terms: [
              {
                aggregate: "sum",
                by: ["service_name"],
                over: "increase",
                metric: "logging.googleapis.com/user/a-b",
                resource: "cloud_run_revision",
                window: seconds(300),
              },
            ],
            comparison: ">",
            threshold: 1.5,
          },
          duration: seconds(60),
          interval: seconds(60),
        },
      ],
    };
    const policy = built({ alert: promql });
    expect(policy.conditions[0].condition_prometheus_query_language).toEqual({
      disable_metric_validation: true,
      duration: "60s",
      evaluation_interval: "60s",
      query:
        'sum by (service_name) (increase(logging_googleapis_com:user_a_b{monitored_resource="cloud_run_revision"}[300s])) > 1.5',
    });
    expect(policy.alert_strategy).toEqual({ auto_close: "1800s" });
  });
});

test("an uptime check judges status, certificate and body", () => {
  const json = constructJson((stack) => {
    new UptimeCheck(stack, "api", {
      displayName: "api",
      project: "p",
      host: "api.example.com",
      path: "/health/infrastructure",
      period: seconds(60),
      timeout: seconds(10),
      regions: ["USA", "EUROPE"],
      content: { path: "$.status", text: "healthy" },
    });
  });
  expect(resource(json, "google_monitoring_uptime_check_config")).toMatchObject({
    period: "60s",
    timeout: "10s",
    monitored_resource: { type: "uptime_url", labels: { project_id: "p", host: "api.example.com" } },
    http_check: { use_ssl: true, validate_ssl: true, path: "/health/infrastructure" },
    content_matchers: [
      {
        content: '"healthy"',
        matcher: "MATCHES_JSON_PATH",
        json_path_matcher: { json_path: "$.status", json_matcher: "EXACT_MATCH" },
      },
    ],
  });
});

test("a log metric extracts its labels, and has none where none are asked for", () => {
  const metric = (labels?: Record<string, string>) =>
    resource(
      constructJson((stack) => {
        new LogMetric(stack, "m", {
          name: "m",
          description: "d",
          filter: "severity>=ERROR",
          ...(labels === undefined ? {} : { labels }),
        });
      }),
      "google_logging_metric",
    );
  expect(metric({ check: "EXTRACT(jsonPayload.check)" })).toMatchObject({
    label_extractors: { check: "EXTRACT(jsonPayload.check)" },
    metric_descriptor: {
      labels: [{ key: "check", value_type: "STRING" }],
      metric_kind: "DELTA",
      value_type: "INT64",
    },
  });
  expect(metric().label_extractors).toBeUndefined();
  expect(metric().metric_descriptor.labels).toBeUndefined();
});

test("a schedule may run its job and nothing else", () => {
  const json = constructJson((stack) => {
    new ScheduledJob(stack, "probe", {
      name: "probe",
      description: "d",
      project: "p",
      region: "europe-west1",
      job: "probe-job",
      schedule: "*/5 * * * *",
      deadline: seconds(60),
      serviceAccount: "clock@p.iam.gserviceaccount.com",
    });
  });
  expect(resource(json, "google_cloud_run_v2_job_iam_member")).toMatchObject({
    name: "probe-job",
    role: "roles/run.invoker",
    member: "serviceAccount:clock@p.iam.gserviceaccount.com",
  });
  const job = resource(json, "google_cloud_scheduler_job");
  // Somebody who pauses it by hand is seen in a plan, and it is put back.
  expect(job.paused).toBe(false);
  expect(job.http_target).toMatchObject({
    http_method: "POST",
    uri: "https://run.googleapis.com/v2/projects/p/locations/europe-west1/jobs/probe-job:run",
    oauth_token: { service_account_email: "clock@p.iam.gserviceaccount.com" },
  });
  expect(job.depends_on).toEqual([expect.stringContaining("google_cloud_run_v2_job_iam_member")]);
});

test("objectives: a ratio of requests, or a cut through latencies", () => {
  const json = constructJson((stack) => {
    new ServiceObjectives(stack, "api", {
      serviceId: "api",
      displayName: "api",
      protection: true,
      objectives: [
        { id: "availability", displayName: "a", goal: 0.999, days: 30, indicator: { bad: "b", total: "t" } },
        {
          id: "latency",
          displayName: "l",
          goal: 0.95,
          days: 28,
          indicator: { distribution: "d", milliseconds: 2000 },
        },
      ],
    });
  });
  expect(resource(json, "google_monitoring_custom_service").lifecycle).toEqual({ prevent_destroy: true });
  expect(Object.values(json.resource.google_monitoring_slo)).toEqual([
    expect.objectContaining({
      rolling_period_days: 30,
      request_based_sli: { good_total_ratio: { bad_service_filter: "b", total_service_filter: "t" } },
    }),
    expect.objectContaining({
      rolling_period_days: 28,
      request_based_sli: { distribution_cut: { distribution_filter: "d", range: { max: 2000 } } },
    }),
  ]);
});

test("a connectivity test starts from an address, which no deployment changes", () => {
  const json = constructJson((stack) => {
    new ConnectivityTest(stack, "redis", {
      name: "connector-to-redis",
      description: "d",
      project: "p",
      network: "projects/p/global/networks/n",
      source: "10.1.0.4",
      port: 6378,
      destination: { redisInstance: "projects/p/locations/r/instances/redis" },
    });
  });
  expect(resource(json, "google_network_management_connectivity_test")).toMatchObject({
    source: { ip_address: "10.1.0.4", network: "projects/p/global/networks/n" },
    destination: { redis_instance: "projects/p/locations/r/instances/redis", port: 6378 },
  });
});
