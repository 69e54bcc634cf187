/** Asks one of Google's APIs by GET; retries, deadlines and tokens are its business. */
export type Get = (url: string, signal: AbortSignal) => Promise<unknown>;

export interface TimeSeriesQuery {
  /** "metric.type=... AND resource.labels.service_name=..." */
  readonly filter: string;
  /** How far back from `now`, in whole minutes of seconds: 3600. All of it is one point. */
  readonly lookback: number;
  readonly aligner: "ALIGN_DELTA" | "ALIGN_PERCENTILE_99";
  readonly reducer: "REDUCE_SUM" | "REDUCE_MAX";
}

interface Page {
  readonly timeSeries?: readonly {
    readonly points?: readonly {
      readonly value?: {
        readonly doubleValue?: number;
        /** Google writes 64-bit numbers as texts. */
        readonly int64Value?: string;
        readonly distributionValue?: { readonly count?: string };
      };
    }[];
  }[];
  readonly nextPageToken?: string;
}

/**
 * All points of a query: numbers as they are, distributions as the count of what they hold. Empty where nothing was measured.
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
  const values: number[] = [];
  let pageToken = "";
  do {
    const parameters = new URLSearchParams({
      filter: query.filter,
      "interval.startTime": new Date(now - query.lookback * 1000).toISOString(),
      "interval.endTime": new Date(now).toISOString(),
      "aggregation.alignmentPeriod": `${query.lookback}s`,
      "aggregation.perSeriesAligner": query.aligner,
      "aggregation.crossSeriesReducer": query.reducer,
      ...(pageToken === "" ? {} : { pageToken }),
    });
    const page = (await get(`${endpoint}/v3/projects/${project}/timeSeries?${parameters}`, signal)) as Page;
    for (const series of page.timeSeries ?? [])
      for (const { value } of series.points ?? []) {
        const found = value?.doubleValue ?? value?.int64Value ?? value?.distributionValue?.count;
        if (found !== undefined) values.push(Number(found));
      }
    pageToken = page.nextPageToken ?? "";
  } while (pageToken !== "");
  return values;
}
