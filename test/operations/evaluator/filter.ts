import { assertReported, descriptor, resourceLabels } from "./descriptors.ts";
import type { TimeSeries } from "./series.ts";

/** A filter of time series: one metric of one resource, and labels that must be equal. */
export interface SeriesFilter {
  readonly metric: string;
  readonly resource: string;
  readonly resourceLabels: Readonly<Record<string, string>>;
  readonly metricLabels: Readonly<Record<string, string>>;
}

const TERM = /^(metric\.type|resource\.type|(?:resource|metric)\.labels\.\w+)=("(?:[^"\\]|\\.)*"|[\w.-]+)$/;

/** @throws where the API would refuse it, or it asks for labels that are never reported */
export function seriesFilter(text: string): SeriesFilter {
  const terms = new Map(
    text.split(" AND ").map((term): [string, string] => {
      const match = TERM.exec(term);
      if (match === null) throw new Error(`cannot read "${term}" of the filter ${text}`);
      return [match[1] ?? "", (match[2] ?? "").replace(/^"(.*)"$/, "$1")];
    }),
  );
  const labels = (of: "resource" | "metric"): Record<string, string> =>
    Object.fromEntries(
      [...terms].flatMap(([name, value]) =>
        name.startsWith(`${of}.labels.`) ? [[name.slice(`${of}.labels.`.length), value]] : [],
      ),
    );
  const filter = {
    metric: terms.get("metric.type") ?? "",
    resource: terms.get("resource.type") ?? "",
    resourceLabels: labels("resource"),
    metricLabels: labels("metric"),
  };
  const { labels: known } = descriptor(filter.metric, filter.resource);
  for (const label of Object.keys(filter.metricLabels))
    if (!known.includes(label)) throw new Error(`${filter.metric} has no label ${label}: it never fires`);
  for (const label of Object.keys(filter.resourceLabels))
    if (!resourceLabels(filter.resource).includes(label))
      throw new Error(`${filter.resource} has no label ${label}: it never fires`);
  for (const [label, value] of Object.entries(filter.metricLabels)) assertReported(label, value);
  const statusClass = filter.metricLabels.response_code_class;
  const spelled = filter.resource === "https_lb_rule" ? /^[1-5]00$/ : /^[1-5]xx$/;
  if (statusClass !== undefined && !spelled.test(statusClass))
    throw new Error(`${filter.resource} reports no response_code_class ${statusClass}: it never fires`);
  return filter;
}

export function matches(filter: SeriesFilter, series: TimeSeries): boolean {
  return (
    series.metric === filter.metric &&
    series.resource === filter.resource &&
    Object.entries(filter.resourceLabels).every(([label, value]) => series.resourceLabels[label] === value) &&
    Object.entries(filter.metricLabels).every(([label, value]) => series.metricLabels[label] === value)
  );
}
