import type { Rule } from "../rule.ts";
import { DASHBOARD_DOC } from "./sources.ts";

/** A dashboard is JSON that Monitoring reads, and reads back the same. */
export const dashboard: Rule = {
  id: "observability/dashboard",
  why: "A dashboard is one JSON text: a comma too many is refused, and zero values come back as a difference at every plan.",
  limit: "valid JSON with a displayName; no zero, false or empty values",
  fix: "Build it with jsonencode, and leave zero values out.",
  source: DASHBOARD_DOC,
  example: `resource "google_monitoring_dashboard" "platform" {
  dashboard_json = "{ \\"displayName\\": \\"platform\\", }"
}`,
  *check(graph) {
    for (const resource of graph.all("google_monitoring_dashboard")) {
      const text = resource.string("dashboard_json");
      if (text === undefined) continue;
      let dashboard: unknown;
      try {
        dashboard = JSON.parse(text);
      } catch (problem) {
        const why = problem instanceof Error ? problem.message : String(problem);
        yield {
          resource,
          severity: "error",
          message: `dashboard_json is not JSON (${why}): refused at plan.`,
        };
        continue;
      }
      const empty = emptyValue(dashboard, "");
      if (empty !== undefined)
        yield {
          resource,
          severity: "warning",
          message: `dashboard_json holds ${empty}, which Monitoring drops: every plan shows a difference.`,
        };
    }
  },
};

/** The first value that reads back as nothing. */
function emptyValue(value: unknown, path: string): string | undefined {
  if (value === 0 || value === "" || value === false) return `${path} = ${JSON.stringify(value)}`;
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value) && value.length === 0) return `${path} = []`;
  for (const [key, inner] of Object.entries(value)) {
    const found = emptyValue(inner, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
