/** GET of one of Google's APIs, with retries, deadlines and tokens. */
export type Get = (url: string, signal: AbortSignal) => Promise<unknown>;

export interface TimeSeriesQuery {
  /** "metric.type=... AND resource.labels.service_name=..." */
  readonly filter: string;
  /** Seconds back from `now`, whole minutes: 3600. All of it is one point. */
  readonly lookback: number;
  readonly aligner: "ALIGN_DELTA" | "ALIGN_PERCENTILE_99";
  readonly reducer: "REDUCE_SUM" | "REDUCE_MAX";
}

/** One series of a response of Cloud Monitoring. */
export interface Series {
  readonly metric?: { readonly labels?: Readonly<Record<string, string>> };
  readonly points?: readonly Point[];
}

export interface Point {
  readonly interval?: { readonly startTime?: string; readonly endTime?: string };
  readonly value?: {
    readonly doubleValue?: number;
    /** Google writes 64-bit numbers as texts. */
    readonly int64Value?: string;
    readonly distributionValue?: Distribution;
  };
}

export interface Distribution {
  readonly count?: string;
  readonly mean?: number;
  readonly bucketCounts?: readonly string[];
  readonly bucketOptions?: {
    readonly explicitBuckets?: { readonly bounds?: readonly number[] };
    readonly exponentialBuckets?: {
      readonly numFiniteBuckets?: number;
      readonly growthFactor?: number;
      readonly scale?: number;
    };
    readonly linearBuckets?: {
      readonly numFiniteBuckets?: number;
      readonly width?: number;
      readonly offset?: number;
    };
  };
}

/** All series of all pages. */
export async function allSeries(
  get: Get,
  endpoint: string,
  project: string,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Series[]> {
  const series: Series[] = [];
  let pageToken = "";
  do {
    const query = new URLSearchParams({ ...parameters, ...(pageToken === "" ? {} : { pageToken }) });
    const page = (await get(`${endpoint}/v3/projects/${project}/timeSeries?${query}`, signal)) as {
      readonly timeSeries?: readonly Series[];
      readonly nextPageToken?: string;
    };
    series.push(...(page.timeSeries ?? []));
    pageToken = page.nextPageToken ?? "";
  } while (pageToken !== "");
  return series;
}

/**
 * All points of a query: numbers as they are, distributions as their count. Empty where nothing was measured.
 *
 * @param endpoint "https://monitoring.googleapis.com"
 * @param now milliseconds since 1970, the end of the interval
 */
export async function timeSeries(
  get: Get,
  endpoint: string,
  project: string,
  query: TimeSeriesQuery,
  now: number,
  signal: AbortSignal,
): Promise<number[]> {
  const series = await allSeries(
    get,
    endpoint,
    project,
    {
      filter: query.filter,
      "interval.startTime": new Date(now - query.lookback * 1000).toISOString(),
      "interval.endTime": new Date(now).toISOString(),
      "aggregation.alignmentPeriod": `${query.lookback}s`,
      "aggregation.perSeriesAligner": query.aligner,
      "aggregation.crossSeriesReducer": query.reducer,
    },
    signal,
  );
  return series.flatMap(({ points = [] }) =>
    points.flatMap(({ value }) => {
      const found = value?.doubleValue ?? value?.int64Value ?? value?.distributionValue?.count;
      return found === undefined ? [] : [Number(found)];
    }),
  );
}
