import { burnRateOf, fastest } from "./burn-rate.ts";
import { type Descriptor, descriptor, metricSpelled, resourceLabels } from "./descriptors.ts";
import { type SeriesFilter, seriesFilter } from "./filter.ts";
import { logLines } from "./log-lines.ts";
import { logSeries } from "./log-series.ts";
import { type Json, logMetricSpelled, mostReported, type Stacks } from "./project.ts";
import { parseQuery, type Term } from "./promql.ts";
import type { LogEntry, Point, TimeSeries, World } from "./series.ts";

export const MINUTE = 60;

/** What a condition would compare, minute by minute. */
export type Wanted = (at: number) => number;

/** Data for a condition, and the values that are just beyond its threshold, just not, and ordinary. */
export interface Scenario {
  readonly beyond: number;
  readonly within: number;
  readonly quiet: number;
  /** The most that the value can be. */
  readonly most: number;
  /** How far back a value looks, in seconds. */
  readonly window: number;
  readonly world: (wanted: Wanted, minutes: number) => World;
}

/** Data that makes a condition compare what a test wants it to. */
export function scenarioOf(stacks: Stacks, condition: Json): Scenario {
  const { condition_threshold: threshold, condition_prometheus_query_language: promql } = condition;
  if (promql !== undefined) return ofQuery(stacks, promql);
  if (threshold === undefined) throw new Error("no data for a condition of this kind");
  const burn = burnRateOf(stacks, threshold.filter);
  if (burn !== undefined) {
    for (const filter of indicatorFilters(burn.objective)) mostReported(stacks, seriesFilter(filter));
    return {
      ...edges(threshold.comparison, threshold.threshold_value, 0.01, false),
      most: fastest(burn),
      window: burn.window,
      world: (wanted, minutes) => burning(burn.objective, wanted, minutes),
    };
  }
  return threshold.denominator_filter === undefined
    ? ofSeries(stacks, threshold)
    : ofRatio(stacks, threshold);
}

function edges(comparison: string, threshold: number, step: number, whole: boolean) {
  const above = comparison === "COMPARISON_GT" || comparison === ">";
  const size = whole ? 1 : Math.max(Math.abs(threshold) * step, 1e-9);
  const exact = step !== 0.01;
  return {
    beyond: above ? threshold + size : threshold - size,
    within: exact ? threshold : above ? threshold - size : threshold + size,
    quiet: 0,
  };
}

function ticks(minutes: number): number[] {
  return Array.from({ length: minutes }, (_, minute) => (minute + 1) * MINUTE);
}

function ofSeries(stacks: Stacks, { filter, aggregations, comparison, threshold_value }: Json): Scenario {
  const wanted = seriesFilter(filter);
  const known = descriptor(wanted.metric, wanted.resource);
  const [aggregation] = aggregations;
  const whole = known.value === "INT64" || known.value === "BOOL";
  const bounded = known.most !== undefined && !/SUM|COUNT/.test(aggregation.cross_series_reducer ?? "");
  return {
    ...edges(comparison, threshold_value, 1e-6, whole),
    quiet: known.ordinary,
    most: Math.min(mostReported(stacks, wanted), bounded ? (known.most ?? 0) : Number.POSITIVE_INFINITY),
    window: Number.parseInt(aggregation.alignment_period, 10),
    world: (value, minutes) => ({ logs: [], series: series(wanted, known, aggregation, value, minutes) }),
  };
}

/** One series, or two whose sum is what is wanted where the condition adds up. */
function series(
  filter: SeriesFilter,
  known: Descriptor,
  aggregation: Json,
  wanted: Wanted,
  minutes: number,
): TimeSeries[] {
  const period = Number.parseInt(aggregation.alignment_period, 10);
  const base = labelled(filter, aggregation.group_by_fields ?? []);
  const point = (at: number, value: number): Point => {
    if (known.value === "DISTRIBUTION") return { at, value: samples(aggregation, value) };
    // What is counted over a period comes at once, so that every period of this length holds it exactly once.
    const counted = known.kind === "DELTA" || known.value === "BOOL";
    return { at, value: counted && at % period !== 0 ? 0 : value };
  };
  const one = (share: (value: number) => number, labels: Record<string, string>): TimeSeries => ({
    ...base,
    metricLabels: { ...base.metricLabels, ...labels },
    points: ticks(minutes).map((at) => point(at, share(wanted(at)))),
  });
  const free = known.labels.find((label) => filter.metricLabels[label] === undefined);
  if (aggregation.cross_series_reducer !== "REDUCE_SUM" || free === undefined || known.value === "BOOL")
    return [one((value) => value, {})];
  return [
    one((value) => Math.ceil(value / 2), { [free]: "one" }),
    one((value) => value - Math.ceil(value / 2), { [free]: "other" }),
  ];
}

/** 6 of 100 samples at the value: the 95th percentile is it, and the mean is not. */
function samples({ per_series_aligner: aligner }: Json, value: number): readonly number[] {
  const slow = aligner === "ALIGN_PERCENTILE_99" ? 2 : 6;
  return [...Array<number>(100 - slow).fill(value / 10), ...Array<number>(slow).fill(value)];
}

function labelled(filter: SeriesFilter, groupBy: readonly string[]): Omit<TimeSeries, "points"> {
  for (const field of groupBy) {
    const [of, , name = ""] = field.split(".");
    const known =
      of === "resource" ? resourceLabels(filter.resource) : descriptor(filter.metric, filter.resource).labels;
    if (!known.includes(name)) throw new Error(`cannot group by ${field}, which is not there: refused`);
  }
  return { ...filter };
}

const REQUESTS = 1_000_000;

function ofRatio(
  stacks: Stacks,
  { filter, denominator_filter, aggregations, comparison, threshold_value }: Json,
): Scenario {
  const above = seriesFilter(filter);
  const below = seriesFilter(denominator_filter);
  const [aggregation] = aggregations;
  const known = descriptor(above.metric, above.resource);
  const counts = (
    of: SeriesFilter,
    labels: Record<string, string>,
    count: Wanted,
    minutes: number,
  ): TimeSeries[] =>
    series({ ...of, metricLabels: { ...of.metricLabels, ...labels } }, known, aggregation, count, minutes);
  return {
    ...edges(comparison, threshold_value, 1e-3, false),
    most: Math.min(1, mostReported(stacks, above), mostReported(stacks, below)),
    window: Number.parseInt(aggregation.alignment_period, 10),
    world: (wanted, minutes) => ({
      logs: [],
      series: [
        ...counts(above, {}, (at) => Math.round(wanted(at) * REQUESTS), minutes),
        ...counts(
          below,
          { response_code_class: "other" },
          (at) => REQUESTS - Math.round(wanted(at) * REQUESTS),
          minutes,
        ),
      ],
    }),
  };
}

function indicatorFilters({
  request_based_sli: { good_total_ratio: ratio, distribution_cut: cut },
}: Json): string[] {
  return ratio === undefined
    ? [cut.distribution_filter]
    : [ratio.bad_service_filter, ratio.total_service_filter];
}

const SAMPLES = 1000;

/** Requests of which so many are bad that the budget burns at the wanted rate. */
function burning(objective: Json, wanted: Wanted, minutes: number): World {
  const { good_total_ratio: ratio, distribution_cut: cut } = objective.request_based_sli;
  const bad = (at: number, of: number): number => Math.round(wanted(at) * (1 - objective.goal) * of);
  if (ratio !== undefined) {
    const total = seriesFilter(ratio.total_service_filter);
    const points = (count: Wanted): Point[] => ticks(minutes).map((at) => ({ at, value: count(at) }));
    return {
      logs: [],
      series: [
        { ...seriesFilter(ratio.bad_service_filter), points: points((at) => bad(at, REQUESTS)) },
        {
          ...total,
          metricLabels: { ...total.metricLabels, response_code_class: "other" },
          points: points((at) => REQUESTS - bad(at, REQUESTS)),
        },
      ],
    };
  }
  const kept = new Map<number, readonly number[]>();
  const latencies = (slow: number): readonly number[] => {
    const known = kept.get(slow) ?? [
      ...Array<number>(slow).fill(cut.range.max * 2),
      ...Array<number>(SAMPLES - slow).fill(cut.range.max / 2),
    ];
    kept.set(slow, known);
    return known;
  };
  const points = ticks(minutes).map((at) => ({ at, value: latencies(bad(at, SAMPLES)) }));
  return { logs: [], series: [{ ...seriesFilter(cut.distribution_filter), points }] };
}

function ofQuery(stacks: Stacks, { query: text }: Json): Scenario {
  const query = parseQuery(text);
  const [first] = query.terms;
  if (first === undefined) throw new Error(`nothing is asked in ${text}`);
  const logMetric = logMetricSpelled(stacks, first.name);
  if (logMetric !== undefined) {
    const entry = logLines(stacks).find((line) => isCounted(logMetric, first, line));
    if (entry === undefined)
      throw new Error(`no line of the incidents is counted by ${text}: it never fires`);
    return {
      beyond: Math.floor(query.threshold) + 1,
      within: Math.floor(query.threshold),
      quiet: 0,
      most: Number.POSITIVE_INFINITY,
      window: first.window,
      world: (wanted, minutes) => ({ series: [], logs: entries(entry, wanted, first.window, minutes) }),
    };
  }
  const resource = first.matchers.monitored_resource ?? "";
  const metrics = query.terms.map((term) => ({ term, metric: metricSpelled(term.name, resource) ?? "" }));
  const known = descriptor(metrics[0]?.metric ?? "", resource);
  const share = known.value === "BOOL";
  return {
    ...edges(query.comparison, query.threshold, share ? 0.2 : 1e-6, false),
    ...(share ? { within: query.threshold } : {}),
    quiet: known.ordinary,
    most: share ? 1 : Number.POSITIVE_INFINITY,
    window: first.window,
    world: (wanted, minutes) => ({
      logs: [],
      series: metrics.flatMap(({ term, metric }) =>
        reported(
          term,
          { metric, resource, known },
          (at) => wanted(at) / (term.over === "rate" ? metrics.length : 1),
          minutes,
        ),
      ),
    }),
  };
}

const LOCATIONS = 10;

function reported(
  term: Term,
  { metric, resource, known }: { metric: string; resource: string; known: Descriptor },
  wanted: Wanted,
  minutes: number,
): TimeSeries[] {
  const { monitored_resource: _, ...matchers } = term.matchers;
  const labels = Object.keys(matchers).filter((label) => resourceLabels(resource).includes(label));
  const common = {
    metric,
    resource,
    resourceLabels: Object.fromEntries(labels.map((label) => [label, matchers[label] ?? ""])),
  };
  const points = (value: Wanted): Point[] => ticks(minutes).map((at) => ({ at, value: value(at) }));
  if (known.value !== "BOOL")
    return [
      {
        ...common,
        metricLabels: {},
        points: points((at) => wanted(at) * (term.over === "rate" ? MINUTE : 1)),
      },
    ];
  return Array.from({ length: LOCATIONS }, (_, location) => ({
    ...common,
    metricLabels: { checker_location: String(location), check_id: "health" },
    points: points((at) => (location < Math.round(wanted(at) * LOCATIONS) ? 1 : 0)),
  }));
}

function isCounted(metric: Json, term: Term, entry: Json): boolean {
  return logSeries(metric, [{ at: MINUTE, entry }]).some(({ resource, resourceLabels: own, metricLabels }) =>
    Object.entries(term.matchers).every(
      ([label, value]) => ({ ...own, ...metricLabels, monitored_resource: resource })[label] === value,
    ),
  );
}

/** As many entries at once as are wanted, once in every window. */
function entries(entry: Json, wanted: Wanted, window: number, minutes: number): LogEntry[] {
  return ticks(minutes)
    .filter((at) => at % window === 0)
    .flatMap((at) => Array.from({ length: wanted(at) }, () => ({ at, entry })));
}
