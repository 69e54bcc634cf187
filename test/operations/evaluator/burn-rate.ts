import { matches, seriesFilter } from "./filter.ts";
import { type Json, referred, type Stacks } from "./project.ts";
import { countUntil, type Point, samplesOf, type TimeSeries } from "./series.ts";

const LONGEST_LOOKBACK = 86400;

export interface BurnRate {
  readonly objective: Json;
  readonly window: number;
}

/** The objective and the window of select_slo_burn_rate("...", "3600s"); undefined for any other filter. */
export function burnRateOf(stacks: Stacks, filter: string): BurnRate | undefined {
  const match = /^select_slo_burn_rate\("([^"]+)", "(\d+)s"\)$/.exec(filter);
  if (match === null) return undefined;
  const window = Number(match[2]);
  if (window > LONGEST_LOOKBACK)
    throw new Error(`a burn rate is looked back at for a day at most, not ${window} s: refused`);
  return { objective: referred(stacks, match[1] ?? ""), window };
}

/** Everything fails: there is no faster way to burn a budget. */
export function fastest({ objective }: BurnRate): number {
  return 1 / (1 - objective.goal);
}

/** How many times faster than sustainable the error budget burned over the window before a moment. */
export function burnRates(
  { objective, window }: BurnRate,
  series: readonly TimeSeries[],
): (at: number) => number | undefined {
  const { good_total_ratio: ratio, distribution_cut: cut } = objective.request_based_sli;
  const count = (filter: string, of: (point: Point) => number): ((at: number) => number) => {
    const wanted = seriesFilter(filter);
    const found = series.filter((each) => matches(wanted, each));
    return (at) => found.reduce((total, each) => total + totalOf(each, of, at - window, at), 0);
  };
  const [totalAt, badAt] =
    ratio === undefined
      ? [
          count(cut.distribution_filter, sampleCount),
          count(cut.distribution_filter, slowerThan(cut.range.max)),
        ]
      : [
          count(ratio.total_service_filter, numberOfRequests),
          count(ratio.bad_service_filter, numberOfRequests),
        ];
  return (at) => {
    const total = totalAt(at);
    return total === 0 ? undefined : badAt(at) / total / (1 - objective.goal);
  };
}

const numberOfRequests = (point: Point): number => Number(point.value);
const sampleCount = (point: Point): number => samplesOf(point).length;

const slower = new Map<number, (point: Point) => number>();

function slowerThan(most: number): (point: Point) => number {
  const known = slower.get(most);
  if (known !== undefined) return known;
  const counts = new WeakMap<readonly number[], number>();
  const count = (point: Point): number => {
    const samples = samplesOf(point);
    const found = counts.get(samples) ?? samples.filter((sample) => sample > most).length;
    counts.set(samples, found);
    return found;
  };
  slower.set(most, count);
  return count;
}

/** Sums over a day, asked every minute for days: running totals are kept for each series. */
const totals = new WeakMap<readonly Point[], Map<(point: Point) => number, readonly number[]>>();

function totalOf({ points }: TimeSeries, of: (point: Point) => number, from: number, to: number): number {
  const kept = totals.get(points) ?? new Map<(point: Point) => number, readonly number[]>();
  totals.set(points, kept);
  let running = kept.get(of);
  if (running === undefined) {
    let total = 0;
    running = [0, ...points.map((point) => (total += of(point)))];
    kept.set(of, running);
  }
  const first = countUntil(points, from);
  const last = countUntil(points, to);
  return (running[last] ?? 0) - (running[first] ?? 0);
}
