import { type Get, timeSeries } from "../google/monitoring.ts";
import type { Clock } from "./check.ts";
import type { Metrics } from "./checks/start-up.ts";

/**
 * Start-up metrics of Cloud Run. They lag by about three minutes.
 *
 * @param endpoint "https://monitoring.googleapis.com"
 */
export function cloudRunMetrics(get: Get, endpoint: string, project: string, clock: Clock): Metrics {
  return {
    startups: async (service, lookback, signal) => {
      const filter = (metric: string, more = ""): string =>
        `metric.type="run.googleapis.com/container/${metric}" AND resource.type="cloud_run_revision" AND resource.labels.service_name="${service}"${more}`;
      const ask = (query: Omit<Parameters<typeof timeSeries>[3], "lookback">): Promise<number[]> =>
        timeSeries(get, endpoint, project, { ...query, lookback }, clock.now(), signal);
      const [counts, slowest, killed] = await Promise.all([
        ask({ filter: filter("startup_latencies"), aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" }),
        ask({ filter: filter("startup_latencies"), aligner: "ALIGN_PERCENTILE_99", reducer: "REDUCE_MAX" }),
        ask({
          filter: filter("completed_probe_count", " AND metric.labels.is_healthy=false"),
          aligner: "ALIGN_DELTA",
          reducer: "REDUCE_SUM",
        }),
      ]);
      const starts = sum(counts);
      return {
        starts,
        // The metric is in milliseconds.
        slowest: starts === 0 || slowest.length === 0 ? undefined : Math.max(...slowest) / 1000,
        killed: sum(killed),
      };
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
