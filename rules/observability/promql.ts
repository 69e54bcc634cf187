import { conditions } from "../../analysis/monitoring/conditions.ts";
import { type PromqlFault, parsePromql } from "../../analysis/promql/parser.ts";
import { selectorFault } from "../../analysis/promql/selectors.ts";
import { textFault } from "../../analysis/promql/texts.ts";
import { typeFault } from "../../analysis/promql/types.ts";
import { withoutVariables } from "../../analysis/promql/variables.ts";
import { dashboardOf } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

/** Queries of alert policies and charts are PromQL. */
export const promql: Rule = {
  id: "observability/promql",
  why: "Terraform takes any text for a query: the API rejects an alert whose query is no PromQL, and a chart shows an error in its place.",
  limit:
    "a query that Prometheus reads: its grammar, ranges where a function needs one, escapes, patterns of RE2, selectors of some series",
  fix: 'Write it as Prometheus reads it, for example sum by (service_name) (rate({"run.googleapis.com/request_count"}[5m])) > 10.',
  source: "https://docs.cloud.google.com/monitoring/promql",
  *check(graph) {
    for (const { policy, kind, label, block } of conditions(graph)) {
      const query = kind === "condition_prometheus_query_language" ? block.string("query") : undefined;
      const fault = query === undefined ? undefined : faultOf(query);
      if (query !== undefined && fault !== undefined)
        yield {
          resource: policy,
          message: `${label} has a query that cannot be read${placeIn(query, fault.at)}; rejected by the API: ${fault.because}.`,
        };
    }
    for (const resource of graph.all("google_monitoring_dashboard"))
      for (const query of new Set(queries(dashboardOf(resource)))) {
        const fault = faultOf(withoutVariables(query), query);
        if (fault !== undefined)
          yield {
            resource,
            message: `a chart has a query that cannot be read${placeIn(query, fault.at)}; fails at run time: ${fault.because}, and the chart shows an error.`,
          };
      }
  },
};

/** @param written the same with the variables of a dashboard: each stands for anything @default it has none */
function faultOf(query: string, written = query): PromqlFault | undefined {
  const parsed = parsePromql(query);
  if ("fault" in parsed) return parsed.fault;
  const { tree } = parsed;
  const fault = textFault(query, tree) ?? typeFault(query, tree, (at) => written.charAt(at) === "$");
  return fault ?? (written.includes("$") ? undefined : selectorFault(query, tree));
}

/** Characters of a query that a message shows. */
const SHOWN = 40;

/** " at character 9, after sum(foo", with the line where there are several. */
function placeIn(query: string, at: number): string {
  const before = query.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  const text = before.trim().replaceAll(/\s+/g, " ");
  const shown = text.length > SHOWN ? `…${text.slice(-SHOWN).trimStart()}` : text;
  return [
    query.trimEnd().includes("\n") ? ` at line ${line}, character ${column}` : ` at character ${column}`,
    ...(shown === "" ? [] : [`, after ${shown}`]),
  ].join("");
}

/** Every query in PromQL of a dashboard, at any depth. */
function* queries(value: unknown): Iterable<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "prometheusQuery" && typeof inner === "string") yield inner;
    else yield* queries(inner);
  }
}
