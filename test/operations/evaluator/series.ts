/** One time series. Points are a minute apart, in order; a DELTA's is what was counted since the one before. */
export interface TimeSeries {
  readonly metric: string;
  readonly resource: string;
  readonly resourceLabels: Readonly<Record<string, string>>;
  readonly metricLabels: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
}

export interface Point {
  /** Seconds since the beginning. */
  readonly at: number;
  /** A distribution is the list of its samples; a boolean is 0 or 1. */
  readonly value: number | readonly number[];
}

export interface LogEntry {
  readonly at: number;
  /** The entry as Cloud Logging has it. */
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape, read by the paths of filters
  readonly entry: any;
}

/** What Monitoring and Logging have received. */
export interface World {
  readonly series: readonly TimeSeries[];
  readonly logs: readonly LogEntry[];
}

/** Points after `from`, until and including `to`. */
export function between(points: readonly Point[], from: number, to: number): readonly Point[] {
  return points.slice(countUntil(points, from), countUntil(points, to));
}

/** How many points there are until and including the time. */
export function countUntil(points: readonly Point[], time: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (point !== undefined && point.at > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function numberOf(point: Point): number {
  if (typeof point.value !== "number") throw new Error("a distribution is no number");
  return point.value;
}

export function samplesOf(point: Point): readonly number[] {
  return typeof point.value === "number" ? [point.value] : point.value;
}

export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
