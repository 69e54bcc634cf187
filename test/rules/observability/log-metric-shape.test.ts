import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const logMetricShape = ruleById("observability/log-metric-shape");

describe("observability/log-metric-shape", () => {
  const messages = (metric: object) =>
    check(logMetricShape, {
      google_logging_metric: { errors: { name: "errors", filter: "x", ...metric } },
    }).map(({ message }) => message);
  const descriptor = { metric_kind: "DELTA", value_type: "DISTRIBUTION" };
  const counter = { metric_kind: "DELTA", value_type: "INT64" };

  test("a counter, and a distribution with its extractor, hold", () => {
    expect(messages({ metric_descriptor: counter })).toEqual([]);
    expect(messages({ metric_descriptor: descriptor, value_extractor: "EXTRACT(jsonPayload.ms)" })).toEqual(
      [],
    );
  });

  test("a distribution without extractor and a gauge are rejected", () => {
    expect(messages({ metric_descriptor: descriptor })).toEqual([
      'value_extractor is not set with metric_descriptor.value_type "DISTRIBUTION"; rejected by the API: a distribution is made of extracted values.',
    ]);
    expect(messages({ metric_descriptor: { ...counter, metric_kind: "GAUGE" } })).toEqual([
      'metric_descriptor.metric_kind is "GAUGE"; rejected by the API: it must be DELTA.',
    ]);
  });

  test("a value is extracted by a function, and counted or measured", () => {
    expect(messages({ metric_descriptor: descriptor, value_extractor: "jsonPayload.latency" })).toEqual([
      expect.stringContaining("it must be EXTRACT(field) or REGEXP_EXTRACT(field, regexp)."),
    ]);
    expect(messages({ metric_descriptor: { ...counter, value_type: "STRING" } })).toEqual([
      'metric_descriptor.value_type is "STRING"; rejected by the API: it must be one of INT64, DOUBLE, DISTRIBUTION.',
    ]);
  });

  test("a name with a space and an empty filter are rejected", () => {
    expect(messages({ name: "socket errors" })).toEqual([expect.stringMatching(/^name is "socket errors"/)]);
    expect(messages({ filter: " " })).toEqual([
      "filter is empty; rejected by the API: a log-based metric needs to know which entries it counts.",
    ]);
  });

  test("each label has an extractor, and each extractor a label", () => {
    const labels = { metric_descriptor: { ...counter, labels: [{ key: "code" }, { key: "why" }] } };
    const code = { code: "EXTRACT(jsonPayload.code)" };
    expect(messages({ ...labels, label_extractors: { ...code, why: "EXTRACT(a)" } })).toEqual([]);
    expect(messages({ ...labels, label_extractors: code })).toEqual([
      'label_extractors has no "why"; rejected by the API: metric_descriptor has this label.',
    ]);
    expect(messages({ ...labels, label_extractors: { ...code, status: "EXTRACT(a)" } })).toEqual([
      'label_extractors has "status"; rejected by the API: metric_descriptor has no such label.',
    ]);
    expect(messages({ ...labels, label_extractors: "$" + "{var.extractors}" })).toEqual([]);
  });
});
