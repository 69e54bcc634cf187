import { allSeries, type Distribution, type Get } from "./monitoring.ts";

/** Requests of one revision, as Cloud Run measured them. */
export interface RevisionMetrics {
  /** Responses, without WebSockets. */
  readonly requests: number;
  /** Responses of 500 and above. */
  readonly errors: number;
  /** Requests that became WebSockets (101): they last as long as the socket and have no latency. */
  readonly webSockets: number;
  /** Responses with a known latency: their bucket may contain the limit, or be above it. */
  readonly timed: number;
  readonly slowAtMost: number;
  readonly slowAtLeast: number;
  /** End of the newest point, in milliseconds since 1970; undefined where nothing was measured. */
  readonly until: number | undefined;
}

export interface MetricsContext {
  readonly get: Get;
  /** "https://monitoring.googleapis.com" */
  readonly monitoring: string;
  readonly project: string;
}

export interface MetricsQuery {
  /** Name of the service in Cloud Run. */
  readonly service: string;
  readonly revision: string;
  /** Region of the service, where others may have one of the same name. @default any */
  readonly region?: string;
  /** Milliseconds since 1970. Rounded to whole minutes inside the window, the sampling period. */
  readonly since: number;
  readonly now: number;
  /** Milliseconds above which a response is slow. */
  readonly slow: number;
}

/** Milliseconds between two samples of Cloud Run's metrics. */
const SAMPLE = 60_000;
/** The response that upgrades a request to a WebSocket. */
const SWITCHED = "101";

/**
 * Reads two metrics of one revision. Counts and distributions are summed, never percentiles of percentiles.
 *
 * @throws UserError where Cloud Monitoring rejects the request or does not answer
 */
export async function revisionMetrics(
  context: MetricsContext,
  query: MetricsQuery,
  signal: AbortSignal,
): Promise<RevisionMetrics> {
  const start = Math.ceil(query.since / SAMPLE) * SAMPLE;
  const end = Math.floor(query.now / SAMPLE) * SAMPLE;
  if (end <= start) return NOTHING;
  const ask = (metric: string) =>
    allSeries(
      context.get,
      context.monitoring,
      context.project,
      {
        filter: `metric.type="run.googleapis.com/${metric}" AND resource.type="cloud_run_revision" AND resource.labels.service_name="${query.service}" AND resource.labels.revision_name="${query.revision}"${inRegion(query.region)}`,
        "interval.startTime": new Date(start).toISOString(),
        "interval.endTime": new Date(end).toISOString(),
        "aggregation.alignmentPeriod": `${SAMPLE / 1000}s`,
        "aggregation.perSeriesAligner": "ALIGN_DELTA",
        "aggregation.crossSeriesReducer": "REDUCE_SUM",
        "aggregation.groupByFields": "metric.labels.response_code",
      },
      signal,
    );
  const [counts, latencies] = await Promise.all([ask("request_count"), ask("request_latencies")]);
  let metrics = NOTHING;
  for (const { metric, points = [] } of counts) {
    const code = metric?.labels?.response_code ?? "";
    for (const { interval, value } of points) {
      const count = Number(value?.int64Value ?? value?.doubleValue ?? 0);
      metrics = { ...metrics, until: later(metrics.until, interval?.endTime) };
      if (code === SWITCHED) metrics = { ...metrics, webSockets: metrics.webSockets + count };
      else
        metrics = {
          ...metrics,
          requests: metrics.requests + count,
          errors: metrics.errors + (code >= "500" ? count : 0),
        };
    }
  }
  for (const { metric, points = [] } of latencies) {
    if (metric?.labels?.response_code === SWITCHED) continue;
    for (const { value } of points) {
      const { count, atMost, atLeast } = slowOnes(value?.distributionValue ?? {}, query.slow);
      metrics = {
        ...metrics,
        timed: metrics.timed + count,
        slowAtMost: metrics.slowAtMost + atMost,
        slowAtLeast: metrics.slowAtLeast + atLeast,
      };
    }
  }
  return metrics;
}

/** The end of a filter that takes one region's series. */
export function inRegion(region: string | undefined): string {
  return region === undefined ? "" : ` AND resource.labels.location="${region}"`;
}

const NOTHING: RevisionMetrics = {
  requests: 0,
  errors: 0,
  webSockets: 0,
  timed: 0,
  slowAtMost: 0,
  slowAtLeast: 0,
  until: undefined,
};

function later(known: number | undefined, text: string | undefined): number | undefined {
  if (text === undefined) return known;
  return Math.max(known ?? 0, Date.parse(text));
}

/** A bucket is a range of latencies: those in the one around the limit may be slow or not. */
function slowOnes(distribution: Distribution, slow: number) {
  const buckets = (distribution.bucketCounts ?? []).map(Number);
  const bound = upperBounds(distribution);
  let [atMost, atLeast] = [0, 0];
  buckets.forEach((count, index) => {
    if (bound(index) > slow) atMost += count;
    if (index > 0 && bound(index - 1) >= slow) atLeast += count;
  });
  const count = Number(distribution.count ?? buckets.reduce((sum, one) => sum + one, 0));
  // Without buckets the number of slow ones is unknown.
  return { count, atMost: buckets.length === 0 ? count : atMost, atLeast };
}

/** Upper bound of each bucket, from the underflow bucket 0 on; the last one has none. */
function upperBounds({ bucketOptions: options = {} }: Distribution): (index: number) => number {
  const { explicitBuckets, exponentialBuckets, linearBuckets } = options;
  if (exponentialBuckets !== undefined) {
    const { numFiniteBuckets = 0, growthFactor = 2, scale = 1 } = exponentialBuckets;
    return (index) => (index > numFiniteBuckets ? Infinity : scale * growthFactor ** index);
  }
  if (linearBuckets !== undefined) {
    const { numFiniteBuckets = 0, width = 1, offset = 0 } = linearBuckets;
    return (index) => (index > numFiniteBuckets ? Infinity : offset + width * index);
  }
  const bounds = explicitBuckets?.bounds ?? [];
  return (index) => bounds[index] ?? Infinity;
}
