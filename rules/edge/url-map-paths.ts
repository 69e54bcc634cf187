import type { Rule } from "../rule.ts";
import { text, urlMapTypes } from "./load-balancer.ts";
import { URL_MAP_DOC } from "./sources.ts";

/** Paths of a path rule have the form that Compute Engine takes. */
export const urlMapPaths: Rule = {
  id: "edge/url-map-paths",
  why: "The API rejects a path that does not begin with a slash, or whose * is not the whole last segment.",
  limit: 'begins with "/"; * only at the end, after "/"; no ? and no #; each path once per path_matcher',
  fix: 'Write "/api/*" (and "/api" in addition), not "/api*".',
  source: URL_MAP_DOC,
  example: `resource "google_compute_url_map" "edge" {
  name            = "edge"
  default_service = "projects/acme-dev/global/backendServices/web"
  host_rule {
    hosts        = ["example.com"]
    path_matcher = "all"
  }
  path_matcher {
    name            = "all"
    default_service = "projects/acme-dev/global/backendServices/web"
    path_rule {
      paths   = ["/api*"]
      service = "projects/acme-dev/global/backendServices/api"
    }
  }
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
                message: `paths of ${label} contains "${path}"; rejected by the API: ${fault}.`,
              };
            if (seen.has(path))
              yield {
                resource: map,
                severity: "error",
                message: `paths contains "${path}" in two path_rules of ${label}; rejected by the API: a path is in one of them.`,
                fix: "Keep the path in one of them.",
              };
            seen.add(path);
          }
        }
      }
    }
  },
};

function faultOf(path: string): string | undefined {
  if (!path.startsWith("/")) return 'a path begins with "/"';
  if (/[?#]/.test(path)) return "a path has neither query nor fragment";
  if (/\*./.test(path)) return "* is the last character only";
  if (/[^/]\*$/.test(path)) return '* follows "/" only';
  return undefined;
}
