import type { Rule } from "../rule.ts";
import { text, urlMapTypes } from "./load-balancer.ts";
import { URL_MAP_DOC } from "./sources.ts";

/** Paths of a path rule are written as Compute Engine reads them. */
export const urlMapPaths: Rule = {
  id: "edge/url-map-paths",
  why: "Compute Engine refuses a path that does not begin with a slash, or whose * is anything but the whole last segment.",
  limit: 'begins with "/"; * only at the end, after "/"; no ? and no #; each path once per path_matcher',
  fix: 'Write "/api/*" (and "/api" beside it), not "/api*".',
  source: URL_MAP_DOC,
  example: `path_rule {
  paths   = ["/api*"]
  service = google_compute_backend_service.api.id
}`,
  *check(graph) {
    for (const map of graph.all(...urlMapTypes)) {
      for (const matcher of map.blocks("path_matcher")) {
        const label = `path_matcher "${text(matcher, "name") ?? "?"}"`;
        const seen = new Set<string>();
        for (const rule of matcher.blocks("path_rule")) {
          const paths = rule.get("paths");
          for (const path of new Set(Array.isArray(paths) ? paths : [])) {
            if (typeof path !== "string") continue;
            const fault = faultOf(path);
            if (fault !== undefined)
              yield {
                resource: map,
                severity: "error",
                message: `the path "${path}" of ${label} ${fault}: refused at apply.`,
              };
            if (seen.has(path))
              yield {
                resource: map,
                severity: "error",
                message: `the path "${path}" stands in two path_rules of ${label}: refused at apply.`,
                fix: "Keep the path in one rule.",
              };
            seen.add(path);
          }
        }
      }
    }
  },
};

function faultOf(path: string): string | undefined {
  if (!path.startsWith("/")) return 'does not begin with "/"';
  if (/[?#]/.test(path)) return "holds a query or a fragment";
  if (/\*./.test(path)) return "has * before its end";
  if (/[^/]\*$/.test(path)) return 'has * after something other than "/"';
  return undefined;
}
