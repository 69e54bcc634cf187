import { isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { text, urlMapTypes } from "./load-balancer.ts";
import { URL_MAP_DOC } from "./sources.ts";

/** Every host of a URL map has a path matcher, and every path a destination. */
export const urlMapRoutes: Rule = {
  id: "edge/url-map-routes",
  why: "The API rejects a URL map with a host whose path matcher does not exist, the same host twice, or a route without a destination.",
  limit: "each host in one host_rule; path_matcher of each host_rule is one of the map",
  fix: "Set path_matcher of every host_rule to one of the same URL map, and give every route a service or a redirect.",
  source: URL_MAP_DOC,
  example: `resource "google_compute_url_map" "edge" {
  name            = "edge"
  default_service = "projects/acme-dev/global/backendServices/web"
  host_rule {
    hosts        = ["example.com"]
    path_matcher = "api" # there is none of this name
  }
}`,
  *check(graph) {
    for (const map of graph.all(...urlMapTypes)) {
      yield* hosts(map);
      yield* matchers(map);
    }
  },
};

function* hosts(map: Resource): Iterable<Violation> {
  const rules = map.blocks("host_rule");
  const matchers = map.blocks("path_matcher");
  const names = matchers.map((matcher) => text(matcher, "name"));
  const allKnown = !isUnknown(map.get("path_matcher")) && names.every((name) => name !== undefined);
  const seen = new Set<string>();
  for (const rule of rules) {
    const wanted = text(rule, "path_matcher");
    if (allKnown && wanted !== undefined && !names.includes(wanted))
      yield {
        resource: map,
        severity: "error",
        message: `path_matcher of a host_rule is "${wanted}"; rejected by the API: the URL map has ${names.length === 0 ? "no path_matcher" : names.map((name) => `"${name}"`).join(", ")}.`,
      };
    const list = rule.get("hosts");
    for (const host of new Set(Array.isArray(list) ? list : [])) {
      if (typeof host !== "string") continue;
      if (seen.has(host))
        yield {
          resource: map,
          severity: "error",
          message: `hosts contains "${host}" in two host_rules; rejected by the API: a host is in one of them.`,
          fix: "Keep it in one of them and move both sets of paths into its path_matcher.",
        };
      seen.add(host);
      yield* form(map, host);
    }
  }
  const used = new Set(rules.map((rule) => text(rule, "path_matcher")));
  if (used.has(undefined) || isUnknown(map.get("host_rule"))) return;
  for (const name of names) {
    if (name === undefined || used.has(name)) continue;
    yield {
      resource: map,
      severity: "warning",
      message: `path_matcher "${name}" is in no host_rule; fails at run time: its routes never apply.`,
      fix: "Add a host_rule with it, or remove it.",
    };
  }
}

function* form(map: Resource, host: string): Iterable<Violation> {
  const isWrong = /[/ ]/.test(host) || host.includes("://") || /^.+\*/.test(host) || /^\*[^.-]/.test(host);
  if (!isWrong) return;
  yield {
    resource: map,
    severity: "error",
    message: `hosts contains "${host}"; rejected by the API: a host has neither scheme nor path, and * as its first label only.`,
    fix: 'Write the host name alone, for example "api.example.com" or "*.example.com".',
  };
}

function* matchers(map: Resource): Iterable<Violation> {
  const seen = new Set<string>();
  for (const matcher of map.blocks("path_matcher")) {
    const name = text(matcher, "name");
    if (name !== undefined && seen.has(name))
      yield {
        resource: map,
        severity: "error",
        message: `name is "${name}" in two path_matchers; rejected by the API: each has a name of its own.`,
        fix: "Rename one of them.",
      };
    if (name !== undefined) seen.add(name);
    const priorities = matcher.blocks("route_rules").map((rule) => rule.number("priority"));
    for (const priority of new Set(priorities))
      if (priority !== undefined && priorities.filter((each) => each === priority).length > 1)
        yield {
          resource: map,
          severity: "error",
          message: `priority is ${priority} in two route_rules of path_matcher "${name ?? "?"}"; rejected by the API: each has a priority of its own.`,
          fix: `Change one of them, for example to ${priority + 1}.`,
        };
  }
}
