import { between, numberOf, sum, type TimeSeries } from "./series.ts";

export interface Term {
  readonly aggregate: string;
  readonly by: readonly string[];
  readonly over: string;
  readonly name: string;
  readonly matchers: Readonly<Record<string, string>>;
  readonly window: number;
}

export interface Query {
  readonly terms: readonly Term[];
  readonly comparison: string;
  readonly threshold: number;
}

const TERM = /^(sum|min|max|avg) by \(([\w, ]+)\) \((\w+)\(([\w:]+)\{([^}]*)\}\[(\d+)s\]\)\)$/;

/** Reads "aggregate by (labels) (function(metric{matchers}[window])) + ... > number"; throws at anything else. */
export function parseQuery(text: string): Query {
  const whole = /^(.*) ([<>]) (-?[\d.e+]+)$/.exec(text);
  if (whole === null) throw new Error(`cannot read the query ${text}`);
  const [, left = "", comparison = "", threshold] = whole;
  return { terms: left.split(" + ").map(parseTerm), comparison, threshold: Number(threshold) };
}

function parseTerm(text: string): Term {
  const match = TERM.exec(text);
  if (match === null) throw new Error(`cannot read the term ${text}`);
  const [, aggregate = "", by = "", over = "", name = "", matchers = "", window] = match;
  return {
    aggregate,
    by: by.split(", "),
    over,
    name,
    matchers: Object.fromEntries(
      matchers.split(",").map((matcher) => {
        const [label = "", value = ""] = matcher.split("=");
        return [label, value.replace(/^"(.*)"$/, "$1")];
      }),
    ),
    window: Number(window),
  };
}

/** Labels of a series as PromQL sees them: those of metric and resource together. */
function labelsOf({ resource, resourceLabels, metricLabels }: TimeSeries): Record<string, string> {
  return { ...resourceLabels, ...metricLabels, monitored_resource: resource };
}

/** Values by the group's labels, of the series that have points in the window. */
export function termValues(term: Term, series: readonly TimeSeries[], at: number): Map<string, number> {
  const groups = new Map<string, number[]>();
  for (const each of series) {
    const labels = labelsOf(each);
    if (!Object.entries(term.matchers).every(([label, value]) => labels[label] === value)) continue;
    const points = between(each.points, at - term.window, at).map(numberOf);
    if (points.length === 0) continue;
    const key = term.by.map((label) => `${label}=${labels[label] ?? ""}`).join(",");
    groups.set(key, [...(groups.get(key) ?? []), overWindow(term, points)]);
  }
  return new Map([...groups].map(([key, values]) => [key, aggregated(term.aggregate, values)]));
}

function overWindow({ over, window }: Term, points: readonly number[]): number {
  switch (over) {
    case "increase":
      return sum(points);
    case "rate":
      return sum(points) / window;
    case "min_over_time":
      return Math.min(...points);
    case "avg_over_time":
      return sum(points) / points.length;
    default:
      throw new Error(`there is no function ${over}`);
  }
}

function aggregated(aggregate: string, values: readonly number[]): number {
  switch (aggregate) {
    case "sum":
      return sum(values);
    case "min":
      return Math.min(...values);
    case "max":
      return Math.max(...values);
    default:
      return sum(values) / values.length;
  }
}
