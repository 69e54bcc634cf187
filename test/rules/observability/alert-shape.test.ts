import { describe, expect, test } from "@jest/globals";
import { ruleById, rulesOf } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { alert, policy, requestCount, threshold } from "./alert-fixture.ts";

const alertShape = ruleById("observability/alert-shape");
const address = "google_monitoring_alert_policy.errors";

const messages = (changes: object, rest: object = {}) =>
  check(alertShape, alert({ ...changes }, { ...rest })).map(({ message }) => message);

test("a correct alert policy has no finding of any rule", () => {
  expect(rulesOf("observability").flatMap((rule) => check(rule, alert()))).toEqual([]);
});

describe("observability/alert-shape", () => {
  test("GT and LT hold, GE is rejected", () => {
    expect(messages({ comparison: "COMPARISON_LT" })).toEqual([]);
    expect(check(alertShape, alert({ comparison: "COMPARISON_GE" }))).toEqual([
      {
        severity: "error",
        address,
        message:
          'conditions.condition_threshold.comparison is "COMPARISON_GE"; rejected by the API: it must be one of COMPARISON_GT, COMPARISON_LT.',
        fix: 'Write "COMPARISON_GT".',
      },
    ]);
  });

  test("six conditions hold, seven are rejected", () => {
    const many = (count: number) => policy(Array.from({ length: count }, () => threshold()));
    expect(check(alertShape, many(6))).toEqual([]);
    expect(check(alertShape, many(7))).toMatchObject([
      { message: "conditions has 7 entries; rejected by the API: it must have at most 6 entries." },
    ]);
  });

  test("a condition has one kind", () => {
    expect(check(alertShape, policy({ display_name: "x" }))).toMatchObject([
      {
        message: expect.stringContaining(
          "none of conditions.condition_threshold, condition_absent, condition_prometheus_query_language, condition_matched_log, condition_monitoring_query_language and condition_sql is set; rejected by the API: exactly one of them must be set.",
        ),
      },
    ]);
    const both = { ...threshold(), condition_absent: { duration: "120s" } };
    expect(check(alertShape, policy(both))).toMatchObject([
      {
        message: expect.stringMatching(
          /^conditions\.condition_threshold and condition_absent are set; rejected by the API: exactly one of/,
        ),
      },
    ]);
  });

  test("a condition of logs or MQL is the only one", () => {
    const logs = { display_name: "log", condition_matched_log: { filter: "x" } };
    const strategy = { alert_strategy: { notification_rate_limit: { period: "300s" } } };
    expect(check(alertShape, policy([logs], strategy))).toEqual([]);
    expect(check(alertShape, policy([logs, threshold()], strategy))).toMatchObject([
      {
        message:
          "conditions has a condition_matched_log among 2; rejected by the API: it must be the only one.",
      },
    ]);
    expect(
      check(alertShape, policy([{ condition_monitoring_query_language: { query: "" } }, threshold()])),
    ).toHaveLength(1);
  });

  test("a rate limit goes with log conditions, and only with them", () => {
    const limit = { alert_strategy: { notification_rate_limit: { period: "300s" } } };
    const logs = { display_name: "x", condition_matched_log: { filter: "severity>=ERROR" } };
    expect(check(alertShape, policy(logs, limit))).toEqual([]);
    expect(check(alertShape, policy(logs))).toMatchObject([
      {
        message:
          "alert_strategy.notification_rate_limit is not set; rejected by the API: a policy with a condition_matched_log needs it.",
      },
    ]);
    expect(messages({}, limit)).toEqual([
      "alert_strategy.notification_rate_limit is set; rejected by the API: only a policy with a condition_matched_log takes it.",
    ]);
  });

  test("no threshold is a warning, a misspelled combiner is rejected at plan", () => {
    expect(check(alertShape, alert({ threshold_value: undefined }))).toMatchObject([
      {
        severity: "warning",
        message:
          "conditions.condition_threshold.threshold_value is not set; fails at run time: the condition compares with 0.",
      },
    ]);
    expect(check(alertShape, alert({}, { combiner: "ANY" }))).toMatchObject([
      {
        severity: "error",
        message:
          'combiner is "ANY"; rejected at plan: it must be one of AND, OR, AND_WITH_MATCHING_RESOURCE.',
      },
    ]);
  });

  test("texts at their limits hold, longer ones are rejected", () => {
    const texts = (name: number, content: number) => ({
      display_name: "x".repeat(name),
      documentation: { content: "x".repeat(content) },
    });
    expect(messages({}, texts(512, 8192))).toEqual([]);
    expect(messages({}, texts(513, 8193))).toEqual([
      "display_name has 513 characters; rejected by the API: it must have at most 512 characters.",
      "documentation.content has 8193 characters; rejected by the API: it must have at most 8192 characters.",
    ]);
    expect(messages({}, { severity: "HIGH", user_labels: { Team: "x" } })).toEqual([
      'severity is "HIGH"; rejected at plan: it must be one of CRITICAL, ERROR, WARNING.',
      "user_labels has Team; rejected by the API: keys and values are lower-case letters, digits, underscores and hyphens.",
    ]);
  });

  test("both sides of a ratio are aligned alike", () => {
    const below = (alignment_period: string) => ({
      denominator_filter: requestCount,
      denominator_aggregations: { alignment_period, per_series_aligner: "ALIGN_RATE" },
    });
    expect(messages(below("60s"))).toEqual([]);
    expect(messages(below("300s"))).toEqual([
      expect.stringContaining("both sides of a ratio must have the same"),
    ]);
  });
});
