import { describe, expect, test } from "@jest/globals";
import { promql } from "../../../rules/observability/promql.ts";
import { check } from "../support.ts";
import { policy } from "./alert-fixture.ts";
import { dashboards } from "./dashboard-fixture.ts";

/** As Terraform writes what is no template of its own. */
const escaped = (query: string): string => query.replaceAll("${", () => "$${");
const alert = (query: string) =>
  check(
    promql,
    policy([
      {
        display_name: "errors",
        condition_prometheus_query_language: { query: escaped(query), duration: "60s" },
      },
    ]),
  ).map(({ message }) => message);
const chart = (prometheusQuery: string) =>
  check(
    promql,
    dashboards({
      displayName: "all",
      gridLayout: {
        widgets: [
          { xyChart: { dataSets: [{ timeSeriesQuery: { prometheusQuery: escaped(prometheusQuery) } }] } },
        ],
      },
    }),
  ).map(({ message }) => message);

describe("a query that Prometheus reads holds", () => {
  test.each([
    'sum by (a) (rate(run_googleapis_com:request_count{monitored_resource="cloud_run_revision"}[300s])) > 5',
    'sum(rate({"run.googleapis.com/request_count", "monitored_resource"="x"}[5m])) without (a) >= 1e-3',
    '{"__name__"="run.googleapis.com/request_count"} offset -1h',
    "histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m:1m] @ end()))) / on(a) group_left(b) c > bool 1",
    "absent_over_time((up{job='a\"', path=~`\\d{3}`})[10m:]) # every ( 10 minutes",
    "max_over_time(rate(a[5m])[1h:]) unless topk(5, quantile_over_time(.9, a[1h30m]))",
    "label_replace(x, 'a', '$1', 'b', '(.*)') == 1\n  AND\nup{} > -0x1F",
    "holt_winters(x[5m], 0.5, 0.5) > double_exp_smoothing (x[5m], 0.1, 0.2)",
    "rate(x[5m] offset 1w) > Inf or vector(time()) or hour()",
    "count_values('version', build_version) > scalar(sum(x))",
  ])("%s", (query) => {
    expect([...alert(query), ...chart(query)]).toEqual([]);
  });

  test("one that is not known is not judged, and one of another language is not", () => {
    const query = "rate(x[${var.window}] > 1";
    expect(check(promql, policy([{ condition_prometheus_query_language: { query } }]))).toEqual([]);
    expect(check(promql, policy([{ condition_monitoring_query_language: { query: "fetch a" } }]))).toEqual(
      [],
    );
  });
});

describe("a query that Prometheus does not read", () => {
  test.each([
    ["", " at character 1; rejected by the API: something is missing at its end."],
    ["sum(foo", " at character 4, after sum; rejected by the API: the bracket ( is not closed."],
    ["sum(foo # )", " at character 4, after sum; rejected by the API: the bracket ( is not closed."],
    [
      "sum(foo) + # 1",
      " at character 11, after sum(foo) +; rejected by the API: something is missing at its end.",
    ],
    ['sum(foo{a=")}"', " at character 8, after sum(foo; rejected by the API: the bracket { is not closed."],
    ["sum(foo))", " at character 9, after sum(foo); rejected by the API: ) does not belong there."],
    ["rate(foo[5m", " at character 9, after rate(foo; rejected by the API: the bracket [ is not closed."],
    ["foo{a=b} > 1", " at character 7, after foo{a=; rejected by the API: b does not belong there."],
    ['foo{a="b} > 1', ' at character 7, after foo{a=; rejected by the API: the quote " is not closed.'],
    ['"foo', ' at character 1; rejected by the API: the quote " is not closed.'],
    [
      'label_replace(x,"a","b","c","d)',
      ' at character 29, after label_replace(x,"a","b","c",; rejected by the API: the quote " is not closed.',
    ],
    ["foo bar > 1", " at character 5, after foo; rejected by the API: bar does not belong there."],
    ["foo > 1 && bar > 2", " at character 9, after foo > 1; rejected by the API: & does not belong there."],
    [
      "average(foo) > 1",
      " at character 8, after average; rejected by the API: there is no function average.",
    ],
    [
      "foo >\n  1 +\n  * 2",
      " at line 3, character 3, after foo > 1 +; rejected by the API: * does not belong there.",
    ],
    [
      "rate(foo[${window}])",
      " at character 10, after rate(foo[; rejected by the API: $ does not belong there.",
    ],
    [
      `${"a + ".repeat(30)}🚀`,
      ", after …a + a + a + a + a + a + a + a + a + a +; rejected by the API: 🚀 does not",
    ],
  ])("%s", (query, said) => {
    expect(alert(query)).toEqual([expect.stringContaining(said)]);
    expect(alert(query)[0]).toMatch(/^the condition "errors" has a query that cannot be read at /);
  });

  // The kind: the grammar reads it, and Prometheus refuses it.
  test.each([
    [
      'foo{a=~"\\d+"} > 1',
      ' at character 9, after foo{a=~"; rejected by the API: there is no escape \\d; write the backslash twice, or use backticks.',
    ],
    ["foo{a='\\\"'}", 'there is no escape \\"; write'],
    ['foo{a="\\x4"}', "there is no escape \\x; write"],
    ['foo{a="\\400"}', "there is no escape \\4; write"],
    [
      'foo{a=~"[("} > 1',
      ' at character 8, after foo{a=~; rejected by the API: "[(" is no regular expression of RE2.',
    ],
    ["foo{a!~`(?=b)`}", "`(?=b)` is no regular expression of RE2"],
    ['sum(rate({"foo", "b"=~"*"}[5m])) > 1', '"*" is no regular expression of RE2'],
    ["{} > 1", " at character 1; rejected by the API: it selects every series; name a metric"],
    [
      'sum({a="", b=~".*", c!="d", e!~"f"}) > 1',
      " at character 5, after sum(; rejected by the API: it selects every",
    ],
    ["rate() > 1", " at character 1; rejected by the API: rate needs a range of time, such as metric[5m]."],
  ])("%s, though the grammar does", (query, said) => {
    expect(alert(query)).toEqual([expect.stringContaining(said)]);
  });

  test.each([
    'foo{a=~"\\\\d+\\u00e9\\x41\\101\\n"}',
    "foo{a=~`\\d+(?i:b)`, c='\\''} > 1",
    "foo{} > 1",
    '{"foo"} > 1',
    '{a!=""}',
    '{a=~".+"}',
    '{a!~"|b"}',
    '{__name__="foo"}',
  ])("%s, in which only a wrong rule would see that, holds", (query) => {
    expect([...alert(query), ...chart(query)]).toEqual([]);
  });

  test("the grammar alone would take a value for a range, and a range for a value", () => {
    expect(alert("rate(foo) > 1")).toEqual([
      'the condition "errors" has a query that cannot be read at character 6, after rate(; rejected by the API: rate needs a range of time, such as metric[5m].',
    ]);
    const range = /is a value, not a range of time; a function such as rate makes one of it\.$/;
    for (const query of [
      "foo[5m]",
      "foo[5m] > 1",
      "sum(foo[5m])",
      "abs((foo[5m] offset 1h)) > 1",
      "sum(a[5m]) by (b)",
    ])
      expect(alert(query)).toEqual([expect.stringMatching(range)]);
  });

  // The kind: types, arguments and modifiers. Each was also given to Prometheus's own parser (v3.5, Go), which refuses it.
  test.each([
    [
      "rate(foo[5m], 5) > 1",
      " at character 15, after rate(foo[5m],; rejected by the API: argument 2 of rate is a scalar",
    ],
    [
      "histogram_quantile(rate(foo[5m]), 0.9) > 1",
      "argument 1 of histogram_quantile is an instant vector; it takes a scalar.",
    ],
    ["histogram_quantile(0.9) > 1", "histogram_quantile takes 2 arguments, not 1."],
    ["clamp(foo, 1) > 1", "clamp takes 3 arguments, not 2."],
    ["round(foo, 1, 2) > 1", "round takes 1 or 2 arguments, not 3."],
    ["label_join(foo) > 1", "label_join takes 3 arguments or more, not 1."],
    ["time(foo) > 1", "time takes no arguments, not 1."],
    ["quantile_over_time(foo[5m], 0.5) > 1", "what quantile_over_time takes is a value, not a range"],
    ["topk(foo) > 1", "argument 1 of topk is an instant vector; it takes a scalar."],
    ["sum(foo, bar) > 1", "sum takes 1 argument, not 2."],
    ["count_values(5, foo) > 1", "argument 1 of count_values is a scalar; it takes a string."],
    ["vector(foo) > 1", "argument 1 of vector is an instant vector; it takes a scalar."],
    ["minute(time()) > 1", "argument 1 of minute is a scalar; it takes an instant vector."],
    ["foo == 'a'", "an operand is a string; only"],
    ["1 > 2", " at character 5, after 1 >; rejected by the API: a comparison of two scalars needs bool"],
    ["scalar(foo) > 1", "a comparison of two scalars needs bool"],
    ["foo > 1 and 1", "and, or and unless take instant vectors, and this is a scalar"],
    ["foo and on(a) group_left bar", "and, or and unless take no group_left"],
    ["foo + bool bar > 1", "bool belongs to comparisons alone."],
    ["foo * on(a) 2 > 1", "on and ignoring match two instant vectors, and this is a scalar."],
    ["foo / on(a, b) group_left(c, b) bar > 1", "the label b is in on and in its group at once."],
    ["sum(foo) offset 5m > 1", "an offset belongs behind a metric or a range, not behind an expression."],
    ["sum(foo) @ end() > 1", "an @ belongs behind a metric or a range, not behind an expression."],
    ["foo offset 5m offset 5m > 1", "an offset is there twice."],
    [
      "rate(sum(foo)[5m]) > 1",
      "a range such as [5m] belongs behind a metric; behind an expression it is [5m:].",
    ],
    ["rate(foo offset 5m [5m]) > 1", "the range belongs before the offset."],
    ["rate(foo + bar[5m]) > 1", "an operand is a value, not a range of time"],
    ["max_over_time(time()[5m:1m]) > 1", "a range of a query is of an instant vector, and this is a scalar."],
    [
      'foo{__name__="bar"} > 1',
      " at character 5, after foo{; rejected by the API: the metric has its name already.",
    ],
    ['foo{"bar"} > 1', "the metric has its name already."],
  ])("%s, though each part alone does", (query, said) => {
    expect(alert(query)).toEqual([expect.stringContaining(said)]);
  });

  test.each([
    "foo + bar offset 5m",
    "-foo offset 5m",
    "foo ^ bar offset 1m @ end()",
    "rate(foo @ end() [5m])",
    "rate(((foo[5m])))",
    "max_over_time((foo + bar)[5m:1m] offset 5m @ end())",
    "max_over_time(vector(1)[5m:])",
    "time() > bool 5",
    "foo > 1 > 2",
    "1 < foo < 2",
    "1 == bool 1 + foo",
    "foo or 1 > bar",
    "1 + on() foo",
    "foo == on(a) group_right() bar",
    "foo / ignoring(a) group_left(a) bar",
    "foo * on(a) group_left(b) bar / on(b) group_left(a) baz",
    'label_join(foo, "a", "b")',
    'label_join(foo, "a", "b", "c", "d", "e")',
    "topk by (a) (scalar(bar), foo)",
    "clamp_min(foo, scalar(bar))",
    "hour(vector(5)) > hour() > year(foo)",
    "predict_linear(foo[1h], 4 * 3600) < bool 0",
    "abs(rate(foo[5m]) > 1)",
  ])("%s, in which only a wrong rule of types would see that, holds", (query) => {
    expect([...alert(query), ...chart(query)]).toEqual([]);
  });

  test("in a chart shows an error", () => {
    expect(chart("sum(rate(foo[5m])")).toEqual([
      "a chart has a query that cannot be read at character 4, after sum; fails at run time: the bracket ( is not closed, and the chart shows an error.",
    ]);
  });
});

describe("variables of a dashboard", () => {
  test.each([
    "sum(rate(foo{${cluster}}[${__interval}]))",
    "# it's the rate\nsum(rate(foo{${cluster}}[5m]))",
    "# see [1\nsum(foo{${c}})",
    "foo{$c}",
    "foo{$ab}",
    "foo offset -${o}",
    "sum(rate(foo{a=\"b\", ${cluster} , c='d'}[$__interval]))",
    'foo{cluster="${cluster.value}", zone=~"$zone", path="{"} > ${threshold.value}',
    "topk(${n.value}, sum by (${label.value}) (rate(${metric.value}{${x}}[1m:$__interval] offset ${ago.value})))",
    "rate(foo[5m]) >= ${threshold.value} and ${query}",
    "quantile_over_time(${share}, ${series}[5m]) + histogram_quantile(${share.value}, ${series.value})",
    'rate({"${metric.value}"}[5m])',
    "foo_${suffix.value}_total{a=${b}}",
  ])("%s", (query) => {
    expect(chart(query)).toEqual([]);
  });

  test("do not hide what is wrong, and its place stays", () => {
    expect(chart("sum(rate(foo{${cluster}}[${__interval}])")).toEqual([
      expect.stringContaining(
        " at character 4, after sum; fails at run time: the bracket ( is not closed, and",
      ),
    ]);
    expect(chart("foo{${cluster} a='b'}")).toEqual([
      expect.stringContaining(
        " at character 16, after foo{${cluster}; fails at run time: a does not belong there",
      ),
    ]);
  });
});

test("a hostile query ends at once", () => {
  expect(alert("(".repeat(100_000))).toHaveLength(1);
  expect(alert(`${"(".repeat(1_000)}a${")".repeat(1_000)}`)).toEqual([]);
  expect(alert('"'.repeat(99_999))).toHaveLength(1);
  expect(alert(`${"-".repeat(2_000)}a`)).toEqual([]);
  expect(alert(`sum(${"a,".repeat(150_000)}a)`)).toHaveLength(1);
  expect(chart("${".repeat(50_000))).toHaveLength(1);
});
