import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const objective = ruleById("observability/objective");

describe("observability/objective", () => {
  const messages = (changes: object) =>
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
    }).map(({ message }) => message);

  test("a goal up to 0.9999 holds, 1 is rejected", () => {
    expect([...messages({}), ...messages({ goal: 0.9999 })]).toEqual([]);
    expect(messages({ goal: 1 })).toEqual([
      "goal is 1; rejected at plan: it must be above 0 and at most 0.9999.",
    ]);
  });

  test("an id of letters, digits, colons, dots, hyphens and underscores", () => {
    expect(messages({ slo_id: "api-availability" })).toEqual([]);
    expect(messages({ slo_id: "api availability" })).toEqual([
      'slo_id is "api availability"; rejected at plan: it must be letters, digits, colons, dots, hyphens and underscores.',
    ]);
  });

  test("one period of 30 days at most", () => {
    expect(messages({ rolling_period_days: 30 })).toEqual([]);
    expect(messages({ rolling_period_days: 31 })).toHaveLength(1);
    expect(messages({ calendar_period: "DAY" })).toHaveLength(1);
    expect(messages({ rolling_period_days: undefined })).toHaveLength(1);
    expect(messages({ rolling_period_days: undefined, calendar_period: "DAY" })).toEqual([]);
  });

  test("two of good, bad and total", () => {
    const ratio = (...names: string[]) =>
      messages({
        request_based_sli: {
          good_total_ratio: Object.fromEntries(names.map((name) => [`${name}_service_filter`, "x"])),
        },
      });
    expect(ratio("bad", "total")).toEqual([]);
    expect(ratio("good")).toHaveLength(1);
    expect(ratio("good", "bad", "total")).toEqual([
      "request_based_sli.good_total_ratio has good_service_filter, bad_service_filter, total_service_filter; rejected by the API: it takes exactly two of good, bad and total.",
    ]);
  });

  test("a custom service has no basic indicator, an unknown service is rejected", () => {
    const basic = { request_based_sli: undefined, basic_sli: { availability: { enabled: true } } };
    expect(messages(basic)).toEqual([
      "basic_sli is set for google_monitoring_custom_service.api; rejected by the API: Monitoring knows no requests of a custom service.",
    ]);
    expect(messages({ service: "apis" })).toEqual([
      'service is "apis"; rejected by the API: it is not defined; the nearest is google_monitoring_custom_service.api ("api").',
    ]);
  });

  test("a distribution is cut, numbers are counted, windows divide a day", () => {
    const cut = (metric: string) =>
      messages({
        request_based_sli: {
          distribution_cut: { distribution_filter: `metric.type="${metric}"`, range: { max: 500 } },
        },
      });
    expect(cut("run.googleapis.com/request_latencies")).toEqual([]);
    expect(cut("run.googleapis.com/request_count")).toEqual([
      "distribution_filter names run.googleapis.com/request_count, a DELTA NUMBER; rejected by the API: distribution_cut takes a distribution.",
    ]);
    const windows = (window_period: string) =>
      messages({
        request_based_sli: undefined,
        windows_based_sli: { window_period, good_bad_metric_filter: "x" },
      });
    expect(windows("300s")).toEqual([]);
    expect(windows("7000s")).toEqual([
      "windows_based_sli.window_period is 7000 s; rejected by the API: it must divide a day.",
    ]);
  });
});
