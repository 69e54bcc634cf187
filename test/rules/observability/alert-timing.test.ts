import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { alert, burnRate, policy } from "./alert-fixture.ts";

const alertTiming = ruleById("observability/alert-timing");
const unknown = "$" + "{var.unknown}";

const messages = (changes: object, rest: object = {}) =>
  check(alertTiming, alert({ ...changes }, { ...rest })).map(({ message }) => message);

describe("observability/alert-timing", () => {
  test("whole minutes hold, none too", () => {
    for (const duration of ["0s", "60s", unknown]) expect(messages({ duration })).toEqual([]);
  });

  test("half minutes are rejected, and minutes written as such", () => {
    expect(check(alertTiming, alert({ duration: "90s" }))).toMatchObject([
      {
        severity: "error",
        address: "google_monitoring_alert_policy.errors",
        message:
          "conditions.condition_threshold.duration is 90 s; rejected by the API: it must be a multiple of 60 s.",
      },
    ]);
    expect(messages({ duration: "5m" })).toEqual([
      'conditions.condition_threshold.duration is "5m"; rejected by the API: a duration is seconds followed by "s".',
    ]);
  });

  test("what is done without data needs a duration", () => {
    const missing = { evaluation_missing_data: "EVALUATION_MISSING_DATA_ACTIVE" };
    expect(messages({ ...missing, duration: "60s" })).toEqual([]);
    expect(messages({ ...missing, duration: "0s" })).toEqual([
      expect.stringContaining("rejected by the API: it needs a duration of at least 60 s."),
    ]);
  });

  test("an alignment period is 60 s to 25 h", () => {
    const aligned = (alignment_period: unknown) =>
      messages({ aggregations: { alignment_period, per_series_aligner: "ALIGN_RATE" } });
    expect([...aligned("60s"), ...aligned("90000s")]).toEqual([]);
    expect(aligned("30s")).toEqual([
      "conditions.condition_threshold.aggregations.alignment_period is 30 s; rejected by the API: it must be 60 to 90000 s.",
    ]);
    expect(aligned(undefined)).toEqual([
      'conditions.condition_threshold.aggregations.alignment_period is not set with per_series_aligner "ALIGN_RATE"; rejected by the API: an aligner needs one.',
    ]);
  });

  test("a reducer needs an aligner", () => {
    expect(messages({ aggregations: { cross_series_reducer: "REDUCE_SUM" } })).toEqual([
      'conditions.condition_threshold.aggregations.cross_series_reducer is "REDUCE_SUM" without per_series_aligner; rejected by the API: only aligned series can be reduced.',
    ]);
    expect(messages({ aggregations: { cross_series_reducer: "REDUCE_NONE" } })).toEqual([]);
    expect(
      messages({ aggregations: { cross_series_reducer: "REDUCE_SUM", per_series_aligner: unknown } }),
    ).toEqual([]);
  });

  test("an absence takes two minutes to 23.5 hours", () => {
    const absent = (duration: string) =>
      check(alertTiming, policy({ condition_absent: { filter: "", duration } }));
    expect(absent("120s")).toEqual([]);
    expect(absent("84600s")).toEqual([]);
    expect(absent("84660s")).toHaveLength(1);
    expect(absent("60s")).toMatchObject([
      {
        message:
          "conditions.condition_absent.duration is 60 s; rejected by the API: it must be 120 to 84600 s, a multiple of 60 s.",
      },
    ]);
  });

  test("auto_close takes half an hour to a week", () => {
    expect(messages({}, { alert_strategy: { auto_close: "1800s" } })).toEqual([]);
    expect(messages({}, { alert_strategy: { auto_close: "1799s" } })).toEqual([
      "alert_strategy.auto_close is 1799 s; rejected by the API: it must be 1800 to 604800 s.",
    ]);
  });

  test("PromQL is evaluated every 30 s", () => {
    const promql = (evaluation_interval: string) =>
      check(
        alertTiming,
        policy({
          condition_prometheus_query_language: { query: "up == 0", duration: "45s", evaluation_interval },
        }),
      );
    expect(promql("30s")).toEqual([]);
    expect(promql("45s")).toMatchObject([
      { message: expect.stringContaining("evaluation_interval is 45 s; rejected by the API: it must be") },
    ]);
  });

  test("a burn rate looks one day back, and no further", () => {
    for (const window of ["300s", "86400s", "60m", "24h", "1d"])
      expect(messages(burnRate(window, 1))).toEqual([]);
    for (const window of ["86460s", "72h", "3d"])
      expect(messages(burnRate(window, 1))).toEqual([
        expect.stringMatching(
          /^conditions\.condition_threshold\.filter looks \d+ s back at a burn rate; rejected by the API: it must be at most 86400 s\.$/,
        ),
      ]);
  });
});
