import { align, assertFits, reduce } from "./align.ts";
import { burnRateOf, burnRates } from "./burn-rate.ts";
import { descriptor, metricSpelled, resourceLabels } from "./descriptors.ts";
import { matches, seriesFilter } from "./filter.ts";
import { logSeries } from "./log-series.ts";
import { type Json, logMetricSpelled, type Stacks } from "./project.ts";
import { parseQuery, type Query, type Term, termValues } from "./promql.ts";
import type { TimeSeries, World } from "./series.ts";

/** The values that a condition compares at a time, by the group they belong to. */
export type Values = ReadonlyMap<string, number>;

export interface Comparison {
  readonly valuesAt: (at: number) => Values;
  readonly violates: (value: number) => boolean;
  readonly duration: number;
  readonly missing: "inactive" | "active" | "unchanged";
  readonly triggerCount: number;
}

/** What a condition compares in a world; undefined for one that only waits for entries or for silence. */
export function comparison(stacks: Stacks, condition: Json, world: World): Comparison | undefined {
  const threshold = condition.condition_threshold;
  if (threshold !== undefined) {
    const limit = threshold.threshold_value;
    if (threshold.trigger?.percent !== undefined)
      throw new Error("a share of all series: one that is in trouble alone never fires");
    return {
      valuesAt: thresholdValues(stacks, threshold, world.series),
      violates: (value) => (threshold.comparison === "COMPARISON_GT" ? value > limit : value < limit),
      duration: Number.parseInt(threshold.duration, 10),
      missing: missing(threshold.evaluation_missing_data),
      triggerCount: threshold.trigger?.count ?? 1,
    };
  }
  const promql = condition.condition_prometheus_query_language;
  if (promql === undefined) return undefined;
  const query = parseQuery(promql.query);
  return {
    valuesAt: queryValues(stacks, query, world),
    violates: (value) => (query.comparison === ">" ? value > query.threshold : value < query.threshold),
    duration: Number.parseInt(promql.duration, 10),
    // A query without a result is a query that finds nothing wrong.
    missing: "inactive",
    triggerCount: 1,
  };
}

function missing(written: string | undefined): Comparison["missing"] {
  if (written === "EVALUATION_MISSING_DATA_INACTIVE") return "inactive";
  return written === "EVALUATION_MISSING_DATA_ACTIVE" ? "active" : "unchanged";
}

function thresholdValues(
  stacks: Stacks,
  threshold: Json,
  series: readonly TimeSeries[],
): Comparison["valuesAt"] {
  const burn = burnRateOf(stacks, threshold.filter);
  if (burn !== undefined) {
    const rateAt = burnRates(burn, series);
    return (at) => {
      const rate = rateAt(at);
      return rate === undefined ? new Map() : new Map([["", rate]]);
    };
  }
  const above = aggregated(threshold.filter, threshold.aggregations[0], series);
  if (threshold.denominator_filter === undefined) return above;
  const below = aggregated(threshold.denominator_filter, threshold.denominator_aggregations[0], series);
  return (at) => {
    const totals = below(at);
    return new Map(
      [...above(at)].flatMap(([group, value]) => {
        const total = totals.get(group);
        return total === undefined || total === 0 ? [] : [[group, value / total]];
      }),
    );
  };
}

/** Aligns each series of the filter and reduces those of a group to one. */
export function aggregated(
  filter: string,
  aggregation: Json,
  series: readonly TimeSeries[],
): Comparison["valuesAt"] {
  const wanted = seriesFilter(filter);
  assertFits(aggregation.per_series_aligner, descriptor(wanted.metric, wanted.resource));
  const found = series.filter((each) => matches(wanted, each));
  const period = Number.parseInt(aggregation.alignment_period, 10);
  const reducer: string | undefined = aggregation.cross_series_reducer;
  return (at) => {
    const groups = new Map<string, (number | readonly number[])[]>();
    for (const each of found) {
      const value = align(each, aggregation.per_series_aligner, period, at);
      if (value === undefined) continue;
      const group = reducer === undefined ? identity(each) : groupOf(each, aggregation.group_by_fields ?? []);
      groups.set(group, [...(groups.get(group) ?? []), value]);
    }
    return new Map([...groups].map(([group, values]) => [group, reduce(values, reducer ?? "REDUCE_SUM")]));
  };
}

function identity(series: TimeSeries): string {
  return JSON.stringify([series.resourceLabels, series.metricLabels]);
}

function groupOf(series: TimeSeries, fields: readonly string[]): string {
  return fields
    .map((field) => {
      const match = /^(resource|metric)\.labels?\.(\w+)$/.exec(field);
      if (match === null) throw new Error(`cannot group by ${field}: refused`);
      const labels = match[1] === "resource" ? series.resourceLabels : series.metricLabels;
      return `${field}=${labels[match[2] ?? ""] ?? ""}`;
    })
    .join(",");
}

/** PromQL takes any label: one that is not there puts all series together, and the incident names none. */
function assertGrouped(stacks: Stacks, { name, by }: Term, resource: string): void {
  const logMetric = logMetricSpelled(stacks, name);
  const metric = metricSpelled(name, resource);
  const known = [
    ...resourceLabels(resource),
    ...Object.keys(logMetric?.label_extractors ?? {}),
    ...(metric === undefined ? [] : descriptor(metric, resource).labels),
  ];
  const stray = by.find((label) => !known.includes(label));
  if (stray !== undefined) throw new Error(`${name} has no label ${stray} to group by`);
}

function queryValues(stacks: Stacks, query: Query, world: World): Comparison["valuesAt"] {
  const terms = query.terms.map((term) => {
    const resource = term.matchers.monitored_resource ?? "";
    assertGrouped(stacks, term, resource);
    const logMetric = logMetricSpelled(stacks, term.name);
    const metric = logMetric === undefined ? metricSpelled(term.name, resource) : undefined;
    if (logMetric === undefined && metric === undefined)
      throw new Error(`no metric of ${resource} is called ${term.name}: it never fires`);
    const series =
      logMetric === undefined
        ? world.series.filter((each) => each.metric === metric && each.resource === resource)
        : logSeries(logMetric, world.logs);
    return { term, series };
  });
  return (at) => {
    const [first, ...others] = terms.map(({ term, series }) => termValues(term, series, at));
    // Adding vectors keeps the groups that are in all of them.
    return new Map(
      [...(first ?? new Map<string, number>())].flatMap(([group, value]): [string, number][] => {
        const rest = others.map((values) => values.get(group));
        if (rest.includes(undefined)) return [];
        return [[group, rest.reduce<number>((total, each) => total + (each ?? 0), value)]];
      }),
    );
  };
}
