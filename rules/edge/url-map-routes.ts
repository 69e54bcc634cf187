import { type Block, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { isAbsent, text, urlMapTypes } from "./load-balancer.ts";
import { URL_MAP_DOC } from "./sources.ts";

const ROUTES = ["default_service", "default_url_redirect", "default_route_action"] as const;

/** Every host of a URL map has a path matcher, and every path leads somewhere. */
export const urlMapRoutes: Rule = {
  id: "edge/url-map-routes",
  why: "Compute Engine refuses a URL map with a host whose path matcher does not exist, the same host twice, or a route that leads to nothing.",
  limit:
    "each host in one host_rule; each host_rule names a path_matcher of the map; each route has one destination",
  fix: "Name a path_matcher of the same URL map in every host_rule and give every route a service or a redirect.",
  source: URL_MAP_DOC,
  example: `resource "google_compute_url_map" "edge" {
  default_service = google_compute_backend_service.web.id
  host_rule {
    hosts        = ["example.com"]
    path_matcher = "api"
  }
  path_matcher { name = "apis" }
}`,
  *check(graph) {
    for (const map of graph.all(...urlMapTypes)) {
      if (ROUTES.every((name) => isAbsent(map, name)))
        yield {
          resource: map,
          severity: "error",
          message:
            "the URL map has neither default_service nor default_url_redirect: refused at plan, it leads nowhere by default.",
          fix: "Set default_service, or default_url_redirect.",
        };
      yield* hosts(map);
      yield* matchers(map);
      yield* weights(map, map);
    }
  },
};

/** Shares of a split: they are compared with each other, and need not add up to anything. */
function* weights(map: Resource, block: Block): Iterable<Verdict> {
  const most = 1000;
  for (const action of [...block.blocks("default_route_action"), ...block.blocks("route_action")])
    for (const weighted of action.blocks("weighted_backend_services")) {
      const weight = weighted.number("weight");
      if (weight === undefined || (weight >= 0 && weight <= most)) continue;
      yield {
        resource: map,
        severity: "error",
        message: `a weight is ${weight}, outside 0 to ${most}: refused at apply.`,
        fix: "Write shares that are compared with each other, for example 90 and 10.",
      };
    }
  for (const inner of ["path_matcher", "path_rule", "route_rules"])
    for (const nested of block.blocks(inner)) yield* weights(map, nested);
}

function* hosts(map: Resource): Iterable<Verdict> {
  const rules = map.blocks("host_rule");
  const matchers = map.blocks("path_matcher");
  const names = matchers.map((matcher) => text(matcher, "name"));
  const allKnown =
    !isUnknown(map.get("path_matcher")) &&
    names.every((name) => name !== undefined) &&
    map.get("dynamic") === undefined;
  const seen = new Set<string>();
  for (const rule of rules) {
    const wanted = text(rule, "path_matcher");
    if (allKnown && wanted !== undefined && !names.includes(wanted))
      yield {
        resource: map,
        severity: "error",
        message: `a host_rule names the path_matcher "${wanted}", but the URL map has ${names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ")}: refused at apply.`,
      };
    const list = rule.get("hosts");
    for (const host of new Set(Array.isArray(list) ? list : [])) {
      if (typeof host !== "string") continue;
      if (seen.has(host))
        yield {
          resource: map,
          severity: "error",
          message: `the host "${host}" stands in two host_rules: refused at apply.`,
          fix: "Keep it in one of them and put both sets of paths into its path_matcher.",
        };
      seen.add(host);
      yield* form(map, host);
    }
  }
  const used = new Set(rules.map((rule) => text(rule, "path_matcher")));
  if (used.has(undefined) || isUnknown(map.get("host_rule")) || map.get("dynamic") !== undefined) return;
  for (const name of names) {
    if (name === undefined || used.has(name)) continue;
    yield {
      resource: map,
      severity: "warning",
      message: `no host_rule names the path_matcher "${name}": its routes never apply.`,
      fix: "Name it in a host_rule, or remove it.",
    };
  }
}

function* form(map: Resource, host: string): Iterable<Verdict> {
  const wrong = /[/ ]/.test(host) || host.includes("://") || /^.+\*/.test(host) || /^\*[^.-]/.test(host);
  if (!wrong) return;
  yield {
    resource: map,
    severity: "error",
    message: `"${host}" is not a host: refused at apply, a host has neither scheme nor path, and * only as its first label.`,
    fix: 'Write the bare name, for example "api.example.com" or "*.example.com".',
  };
}

function* matchers(map: Resource): Iterable<Verdict> {
  const seen = new Set<string>();
  for (const matcher of map.blocks("path_matcher")) {
    const name = text(matcher, "name");
    const label = `path_matcher "${name ?? "?"}"`;
    if (name !== undefined && seen.has(name))
      yield {
        resource: map,
        severity: "error",
        message: `two path_matchers are named "${name}": refused at apply.`,
      };
    if (name !== undefined) seen.add(name);
    if (ROUTES.every((each) => isAbsent(matcher, each)))
      yield {
        resource: map,
        severity: "error",
        message: `${label} has neither default_service nor default_url_redirect: refused at apply, it leads nowhere by default.`,
      };
    if (matcher.blocks("path_rule").length > 0 && matcher.blocks("route_rules").length > 0)
      yield {
        resource: map,
        severity: "error",
        message: `${label} has both path_rule and route_rules: refused at apply.`,
        fix: "Use one of the two.",
      };
    yield* priorities(map, matcher, label);
    for (const rule of matcher.blocks("path_rule")) {
      if (!["service", "url_redirect", "route_action"].every((each) => isAbsent(rule, each))) continue;
      yield {
        resource: map,
        severity: "error",
        message: `a path_rule of ${label} has neither service nor url_redirect: refused at apply, it leads nowhere.`,
      };
    }
  }
}

function* priorities(map: Resource, matcher: Block, label: string): Iterable<Verdict> {
  const seen = new Set<number>();
  for (const rule of matcher.blocks("route_rules")) {
    const priority = rule.number("priority");
    if (priority === undefined) continue;
    if (seen.has(priority))
      yield {
        resource: map,
        severity: "error",
        message: `two route_rules of ${label} have priority ${priority}: refused at apply.`,
        fix: "Give each route rule a priority of its own.",
      };
    seen.add(priority);
  }
}
