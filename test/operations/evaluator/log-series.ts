import { extract, logMatches } from "./log-filter.ts";
import type { Json } from "./project.ts";
import type { LogEntry, TimeSeries } from "./series.ts";

const MINUTE = 60;

type Counted = Omit<TimeSeries, "points"> & { readonly points: { at: number; value: number }[] };

/** How PromQL asks for a log-based metric. */
export function promqlSpelling(name: string): string {
  return `logging_googleapis_com:user_${name.replaceAll(/\W/g, "_")}`;
}

/** The series that a log-based metric makes of log entries: one count a minute for each combination of labels. */
export function logSeries(metric: Json, logs: readonly LogEntry[]): TimeSeries[] {
  const series = new Map<string, Counted>();
  for (const log of logs.filter((entry) => logMatches(metric.filter, entry))) {
    const metricLabels = Object.fromEntries(
      Object.entries(metric.label_extractors ?? {}).map(([label, extractor]) => [
        label,
        extract(String(extractor), log.entry),
      ]),
    );
    const { type, labels } = log.entry.resource;
    const key = JSON.stringify([type, labels, metricLabels]);
    const found: Counted = series.get(key) ?? {
      metric: `logging.googleapis.com/user/${metric.name}`,
      resource: type,
      resourceLabels: labels,
      metricLabels,
      points: [],
    };
    series.set(key, found);
    const at = Math.ceil(log.at / MINUTE) * MINUTE;
    const last = found.points.at(-1);
    if (last?.at === at) last.value += 1;
    else found.points.push({ at, value: 1 });
  }
  return [...series.values()];
}
