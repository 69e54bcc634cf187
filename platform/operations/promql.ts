import type { Seconds } from "../units.ts";

/** aggregate by (labels) (function(metric{matchers}[window])), possibly several added up, compared with a number. */
export interface PromqlQuery {
  readonly terms: readonly [PromqlTerm, ...PromqlTerm[]];
  readonly comparison: ">" | "<";
  readonly threshold: number;
}

export interface PromqlTerm {
  readonly aggregate: "sum" | "min" | "max" | "avg";
  readonly by: readonly string[];
  readonly over: "increase" | "rate" | "min_over_time" | "avg_over_time";
  /** Cloud Monitoring's metric type. */
  readonly metric: string;
  /** Monitored resource type: without it PromQL rejects a metric of several resource types. */
  readonly resource: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly window: Seconds;
}

export function promqlText(query: PromqlQuery): string {
  return `${promqlValue(query)} ${query.comparison} ${query.threshold}`;
}

/** The left side of the comparison, for a chart. */
export function promqlValue({ terms }: Pick<PromqlQuery, "terms">): string {
  return terms.map(termText).join(" + ");
}

function termText(term: PromqlTerm): string {
  const matchers = [["monitored_resource", term.resource], ...Object.entries(term.labels ?? {})]
    .map(([name, value]) => `${name}="${value}"`)
    .join(",");
  return `${term.aggregate} by (${term.by.join(", ")}) (${term.over}(${promqlName(term.metric)}{${matchers}}[${term.window}s]))`;
}

/**
 * Name of a metric in PromQL: the first / becomes a colon, other special characters become underscores. Source:
 * https://docs.cloud.google.com/monitoring/promql/promql-mapping
 */
export function promqlName(metric: string): string {
  const [domain = "", ...path] = metric.split("/");
  return `${domain.replaceAll(/[^A-Za-z0-9]/g, "_")}:${path.join("/").replaceAll(/[^A-Za-z0-9]/g, "_")}`;
}
