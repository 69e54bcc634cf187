import { z } from "zod";
import { UserError } from "../platform/user-error.ts";
import { int64, responseOf, timestamp } from "./response.ts";

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

const distribution = z.object({
  count: int64.optional(),
  mean: z.number().optional(),
  bucketCounts: z.array(int64).optional(),
  bucketOptions: z
    .object({
      explicitBuckets: z.object({ bounds: z.array(z.number()).optional() }).optional(),
      exponentialBuckets: z
        .object({
          numFiniteBuckets: z.int().optional(),
          growthFactor: z.number().optional(),
          scale: z.number().optional(),
        })
        .optional(),
      linearBuckets: z
        .object({
          numFiniteBuckets: z.int().optional(),
          width: z.number().optional(),
          offset: z.number().optional(),
        })
        .optional(),
    })
    .optional(),
});

export type Distribution = z.output<typeof distribution>;

/** One series of a response of Cloud Monitoring. */
const series = z.object({
  metric: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
  points: z
    .array(
      z.object({
        interval: z.object({ startTime: timestamp.optional(), endTime: timestamp.optional() }).optional(),
        value: z
          .object({
            doubleValue: z.number().optional(),
            int64Value: int64.optional(),
            distributionValue: distribution.optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});

type Series = z.output<typeof series>;

const rawPage = z.object({
  timeSeries: z.array(series).optional(),
  nextPageToken: z.string().optional(),
});

/** Far more than a query of this project has: a page holds 100,000 points. */
const MAX_PAGES = 100;

/** All series of all pages. */
export async function allSeries(
  get: Get,
  endpoint: string,
  project: string,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Series[]> {
  const found: Series[] = [];
  let pageToken = "";
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const query = new URLSearchParams({ ...parameters, ...(pageToken === "" ? {} : { pageToken }) });
    const response = await get(`${endpoint}/v3/projects/${project}/timeSeries?${query}`, signal);
    const page = responseOf(rawPage, response, "time series");
    found.push(...(page.timeSeries ?? []));
    pageToken = page.nextPageToken ?? "";
    if (pageToken === "") return found;
  }
  throw new UserError(`Cloud Monitoring returns more than ${MAX_PAGES} pages of time series.`);
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
  const found = await allSeries(
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
  return found.flatMap(({ points = [] }) =>
    points.flatMap(({ value }) => {
      const number = value?.doubleValue ?? value?.int64Value ?? value?.distributionValue?.count;
      return number === undefined ? [] : [Number(number)];
    }),
  );
}
