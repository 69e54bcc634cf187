import { describe, expect, test } from "@jest/globals";
import { objective } from "../../../rules/observability/objective.ts";
import { uptimeHost } from "../../../rules/observability/uptime-host.ts";
import { uptimeRequest } from "../../../rules/observability/uptime-request.ts";
import { uptimeTiming } from "../../../rules/observability/uptime-timing.ts";
import { withService } from "../service/cloud-run-fixture.ts";
import { check, type Resources } from "../support.ts";

type Json = { readonly [key: string]: unknown };

function uptime(changes: Json, others: Resources = {}): Resources {
  return {
    google_monitoring_uptime_check_config: {
      api: {
        display_name: "api",
        timeout: "10s",
        period: "60s",
        http_check: { path: "/health", use_ssl: true, port: 443 },
        monitored_resource: { type: "uptime_url", labels: { host: "api.example.com" } },
        ...changes,
      },
    },
    ...others,
  };
}

const address = "google_monitoring_uptime_check_config.api";

describe("observability/uptime-timing", () => {
  const said = (changes: Json) => check(uptimeTiming, uptime(changes));

  test("1 to 60 s every 60, 300, 600 or 900 s hold", () => {
    for (const period of ["60s", "300s", "600s", "900s", undefined]) expect(said({ period })).toEqual([]);
    expect(said({ timeout: "60s", period: "300s" })).toEqual([]);
  });

  test("61 s, and a period of 120 s, are refused", () => {
    expect(said({ timeout: "61s", period: "300s" })).toMatchObject([
      { severity: "error", address, message: "timeout is 61 s, outside 1 to 60 s: refused at apply." },
    ]);
    expect(said({ period: "120s" }).map(({ message }) => message)).toEqual([
      "period is 120 s: refused at apply, it is one of 60, 300, 600, 900 s.",
    ]);
    expect(said({ timeout: "1m" })).toHaveLength(1);
  });

  test("a timeout as long as the period is advice", () => {
    expect(said({ timeout: "60s" })).toMatchObject([{ severity: "warning" }]);
  });

  test("three locations hold, two are refused, USA is three", () => {
    expect(said({ selected_regions: ["EUROPE", "ASIA_PACIFIC", "USA_OREGON"] })).toEqual([]);
    expect(said({ selected_regions: ["USA"] })).toEqual([]);
    expect(said({ selected_regions: ["EUROPE", "ASIA_PACIFIC"] })).toHaveLength(1);
  });
});

describe("observability/uptime-request", () => {
  const said = (changes: Json) => check(uptimeRequest, uptime(changes));

  test("a GET holds, with a body it is refused", () => {
    expect(said({})).toEqual([]);
    expect(said({ http_check: { body: "e30=" } })).toMatchObject([
      { severity: "error", address, message: "body is set on a GET: refused at apply." },
    ]);
  });

  test("a POST says what it carries", () => {
    const post = { request_method: "POST", body: "e30=" };
    expect(said({ http_check: { ...post, content_type: "URL_ENCODED" } })).toEqual([]);
    expect(said({ http_check: post })).toHaveLength(1);
  });

  test("one kind of check, one target", () => {
    expect(said({ tcp_check: { port: 443 } })).toHaveLength(1);
    expect(said({ resource_group: { group_id: "g" } })).toHaveLength(1);
    expect(said({ http_check: { port: 443 } })).toMatchObject([{ severity: "warning" }]);
  });
});

describe("observability/uptime-host", () => {
  const onRun = (ingress: string, path = "/health") =>
    check(
      uptimeHost,
      uptime(
        {
          http_check: { path },
          monitored_resource: {
            type: "uptime_url",
            labels: { host: "$" + '{trimprefix(google_cloud_run_v2_service.api.uri, "https://")}' },
          },
        },
        withService({ service: { ingress } }),
      ),
    );

  test("an open service on run.app holds, one behind the load balancer breaks", () => {
    expect(onRun("INGRESS_TRAFFIC_ALL")).toEqual([]);
    expect(onRun("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER")).toMatchObject([
      {
        severity: "error",
        address,
        message:
          "the check asks google_cloud_run_v2_service.api on its run.app address, but its ingress is for the load balancer only: breaks at run time, every check gets 404.",
      },
    ]);
  });

  test("/healthz never reaches a container on run.app", () => {
    expect(onRun("INGRESS_TRAFFIC_ALL", "/healthz")).toHaveLength(1);
    const host = { type: "uptime_url", labels: { host: "api-abc-ew.a.run.app" } };
    expect(
      check(uptimeHost, uptime({ http_check: { path: "healthz" }, monitored_resource: host })),
    ).toHaveLength(1);
    expect(check(uptimeHost, uptime({ http_check: { path: "/healthz" } }))).toEqual([]);
  });

  test("a host is a bare name, and one that no certificate names is doubted", () => {
    const host = (name: string) =>
      check(
        uptimeHost,
        uptime(
          { monitored_resource: { type: "uptime_url", labels: { host: name } } },
          {
            google_compute_managed_ssl_certificate: { edge: { managed: { domains: ["api.example.com"] } } },
          },
        ),
      );
    expect(host("api.example.com")).toEqual([]);
    expect(host("api-staging.example.com")).toMatchObject([{ severity: "warning" }]);
    expect(host("https://api.example.com")).toMatchObject([{ severity: "error" }]);
  });
});

describe("observability/objective", () => {
  const said = (changes: Json, others: Resources = {}) =>
    check(objective, {
      google_monitoring_slo: {
        api: {
          service: "$" + "{google_monitoring_custom_service.api.service_id}",
          goal: 0.999,
          rolling_period_days: 28,
          request_based_sli: { good_total_ratio: { good_service_filter: "a", total_service_filter: "b" } },
          ...changes,
        },
      },
      google_monitoring_custom_service: { api: { service_id: "api" } },
      ...others,
    }).map(({ message }) => message);

  test("a goal up to 0.9999 holds, 1 is refused", () => {
    expect([...said({}), ...said({ goal: 0.9999 })]).toEqual([]);
    expect(said({ goal: 1 })).toEqual(["goal is 1, outside 0 to 0.9999: refused at plan."]);
  });

  test("an id of letters, digits and -_:.", () => {
    expect(said({ slo_id: "api-availability" })).toEqual([]);
    expect(said({ slo_id: "api availability" })).toEqual([
      'slo_id is "api availability": refused at plan, it is letters, digits and -_:. only.',
    ]);
  });

  test("one period of 30 days at most", () => {
    expect(said({ rolling_period_days: 30 })).toEqual([]);
    expect(said({ rolling_period_days: 31 })).toHaveLength(1);
    expect(said({ calendar_period: "DAY" })).toHaveLength(1);
    expect(said({ rolling_period_days: undefined })).toHaveLength(1);
    expect(said({ rolling_period_days: undefined, calendar_period: "DAY" })).toEqual([]);
  });

  test("two of good, bad and total", () => {
    const ratio = (...names: string[]) =>
      said({
        request_based_sli: {
          good_total_ratio: Object.fromEntries(names.map((name) => [`${name}_service_filter`, "x"])),
        },
      });
    expect(ratio("bad", "total")).toEqual([]);
    expect(ratio("good")).toHaveLength(1);
    expect(ratio("good", "bad", "total")).toEqual([
      "good_total_ratio has good_service_filter, bad_service_filter, total_service_filter: refused at apply, it takes exactly two of good, bad and total.",
    ]);
  });

  test("a custom service has no basic indicator, an unknown service is refused", () => {
    const basic = { request_based_sli: undefined, basic_sli: { availability: { enabled: true } } };
    expect(said(basic)).toHaveLength(1);
    expect(said({ service: "apis" })).toEqual([
      'service names "apis", which is not defined here; the nearest is google_monitoring_custom_service.api: refused at apply.',
    ]);
  });

  test("a distribution is cut, numbers are counted, windows divide a day", () => {
    const cut = (metric: string) =>
      said({
        request_based_sli: {
          distribution_cut: { distribution_filter: `metric.type="${metric}"`, range: { max: 500 } },
        },
      });
    expect(cut("run.googleapis.com/request_latencies")).toEqual([]);
    expect(cut("run.googleapis.com/request_count")).toHaveLength(1);
    const windows = (window_period: string) =>
      said({
        request_based_sli: undefined,
        windows_based_sli: { window_period, good_bad_metric_filter: "x" },
      });
    expect(windows("300s")).toEqual([]);
    expect(windows("7000s")).toHaveLength(1);
  });
});
