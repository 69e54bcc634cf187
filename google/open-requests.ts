import { allSeries } from "./monitoring.ts";
import { inRegion, type MetricsContext, type MetricsQuery } from "./revision-metrics.ts";

/** Requests that a revision still served in a minute: WebSockets stay on their revision, independent of the split. */
export interface OpenRequests {
  /** Sum of the highest numbers of all instances. */
  readonly atMost: number;
  /** End of the minute, in milliseconds since 1970. */
  readonly at: number;
}

/** Lookback in milliseconds: metrics lag by minutes, and come every minute. */
const LOOKBACK = 600_000;
const MINUTE = 60_000;

/**
 * @param service its name in Cloud Run
 * @param now milliseconds since 1970
 * @returns undefined without an instance in the last ten minutes
 * @throws UserError where Cloud Monitoring rejects the request or does not answer
 */
export async function openRequests(
  { get, monitoring, project }: MetricsContext,
  { service, revision, region, now }: Pick<MetricsQuery, "service" | "revision" | "region" | "now">,
  signal: AbortSignal,
): Promise<OpenRequests | undefined> {
  const end = Math.floor(now / MINUTE) * MINUTE;
  const series = await allSeries(
    get,
    monitoring,
    project,
    {
      filter: `metric.type="run.googleapis.com/container/max_request_concurrencies" AND resource.type="cloud_run_revision" AND resource.labels.service_name="${service}" AND resource.labels.revision_name="${revision}"${inRegion(region)}`,
      "interval.startTime": new Date(end - LOOKBACK).toISOString(),
      "interval.endTime": new Date(end).toISOString(),
      "aggregation.alignmentPeriod": `${MINUTE / 1000}s`,
      "aggregation.perSeriesAligner": "ALIGN_DELTA",
      "aggregation.crossSeriesReducer": "REDUCE_SUM",
    },
    signal,
  );
  const minutes = series.flatMap(({ points = [] }) =>
    points.map(({ interval, value }) => {
      const { count = "0", mean = 0 } = value?.distributionValue ?? {};
      return { at: Date.parse(interval?.endTime ?? ""), atMost: Math.round(Number(count) * mean) };
    }),
  );
  return minutes.reduce<OpenRequests | undefined>(
    (newest, one) => (newest === undefined || one.at > newest.at ? one : newest),
    undefined,
  );
}
