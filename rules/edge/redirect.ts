import { type Block, type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import {
  follow,
  frontEnds,
  httpProxyTypes,
  httpsProxyTypes,
  isAbsent,
  isHttps,
  isPresent,
  text,
  urlMapTypes,
} from "./load-balancer.ts";
import { REDIRECT_DOC } from "./sources.ts";

const CODES = ["FOUND", "MOVED_PERMANENTLY_DEFAULT", "PERMANENT_REDIRECT", "SEE_OTHER", "TEMPORARY_REDIRECT"];

/** HTTP leads to HTTPS, and HTTPS not to itself. */
export const redirect: Rule = {
  id: "edge/redirect",
  why: "A redirect to HTTPS belongs to the HTTP proxy: on an HTTPS proxy it leads every request back to itself.",
  limit: "default_url_redirect alone, with strip_query; https_redirect on the map of an HTTP proxy only",
  fix: "Keep a URL map for the HTTP proxy with nothing but the redirect, and another with the services for the HTTPS proxy.",
  source: REDIRECT_DOC,
  example: `resource "google_compute_target_https_proxy" "edge" {
  url_map = google_compute_url_map.redirect.id # default_url_redirect { https_redirect = true }
}`,
  *check(graph) {
    for (const map of graph.all(...urlMapTypes)) yield* form(map);
    const ofHttp = new Set(
      graph.all(...httpProxyTypes).map((proxy) => follow(graph, proxy.get("url_map"), urlMapTypes, proxy)),
    );
    for (const proxy of graph.all(...httpsProxyTypes)) {
      const map = follow(graph, proxy.get("url_map"), urlMapTypes, proxy);
      if (map !== undefined) yield* loop(map, proxy, ofHttp.has(map));
    }
    yield* plainHttp(graph);
  },
};

/** strip_query has no default in the provider wherever a whole map, matcher or path is redirected. */
function* form(map: Resource): Iterable<Verdict> {
  const places: [string, Block][] = map
    .blocks("default_url_redirect")
    .map((block) => ["default_url_redirect", block]);
  for (const matcher of map.blocks("path_matcher")) {
    for (const block of matcher.blocks("default_url_redirect"))
      places.push([`default_url_redirect of path_matcher ${text(matcher, "name") ?? ""}`.trim(), block]);
    for (const rule of matcher.blocks("path_rule"))
      for (const block of rule.blocks("url_redirect")) places.push(["url_redirect of a path_rule", block]);
  }
  for (const [place, block] of places) {
    const code = text(block, "redirect_response_code");
    if (code !== undefined && !CODES.includes(code))
      yield {
        resource: map,
        severity: "error",
        message: `redirect_response_code of ${place} is "${code}": refused at plan, the choices are ${CODES.join(", ")}.`,
        fix: "Write MOVED_PERMANENTLY_DEFAULT for 301, or leave it out.",
      };
    const changes = ["host_redirect", "path_redirect", "prefix_redirect"].some(
      (name) => !isAbsent(block, name),
    );
    const https = block.get("https_redirect");
    if (
      !changes &&
      !isUnknown(https) &&
      block.boolean("https_redirect") !== true &&
      block.get("dynamic") === undefined
    )
      yield {
        resource: map,
        severity: "error",
        message: `${place} changes neither scheme, host nor path: breaks at run time, every request is redirected to itself.`,
        fix: "Set https_redirect = true.",
      };
    if (block.get("strip_query") === undefined)
      yield {
        resource: map,
        severity: "error",
        message: `${place} has no strip_query: refused at plan, the provider requires it.`,
        fix: "Add strip_query = false.",
      };
    if (text(block, "path_redirect") !== undefined && text(block, "prefix_redirect") !== undefined)
      yield {
        resource: map,
        severity: "error",
        message: `${place} has both path_redirect and prefix_redirect: refused at apply.`,
        fix: "Keep one of them.",
      };
  }
  if (isPresent(map, "default_url_redirect") && !isAbsent(map, "default_service"))
    yield {
      resource: map,
      severity: "error",
      message:
        "default_url_redirect and default_service are both set: refused at plan, a request is either redirected or served.",
      fix: "Remove one of them.",
    };
}

/** Where the same map also serves an HTTP proxy, the HTTPS proxy took the wrong one; otherwise the map is wrong. */
function* loop(map: Resource, proxy: Resource, shared: boolean): Iterable<Verdict> {
  const named = new Set(map.blocks("host_rule").map((rule) => text(rule, "path_matcher")));
  const redirects = [
    ...map.blocks("default_url_redirect"),
    ...map
      .blocks("path_matcher")
      .filter((matcher) => named.has(text(matcher, "name")))
      .flatMap((matcher) => matcher.blocks("default_url_redirect")),
  ].filter((block) => block.boolean("https_redirect") === true);
  const same = redirects.find((block) =>
    ["host_redirect", "path_redirect", "prefix_redirect"].every((name) => isAbsent(block, name)),
  );
  if (redirects.length === 0) return;
  if (same === undefined) {
    yield {
      resource: map,
      severity: "warning",
      message: `https_redirect is set in ${map.address}, which ${proxy.address} uses: an HTTPS proxy has nothing to upgrade.`,
      fix: "Remove https_redirect.",
    };
    return;
  }
  yield {
    resource: shared ? proxy : map,
    severity: "error",
    message: `${proxy.address} is an HTTPS proxy, but its URL map ${map.address} redirects to HTTPS: breaks at run time, every request is redirected to itself.`,
  };
}

/** Advice only: some endpoints serve HTTP on purpose. */
function* plainHttp(graph: Graph): Iterable<Verdict> {
  for (const { rule, proxy, urlMap, services } of frontEnds(graph)) {
    if (proxy === undefined || isHttps(proxy) || urlMap === undefined || services.length === 0) continue;
    const redirects = JSON.stringify(urlMap.values).includes('"https_redirect"');
    if (redirects || !text(rule, "load_balancing_scheme")?.startsWith("EXTERNAL")) continue;
    yield {
      resource: rule,
      severity: "warning",
      message: `plain HTTP reaches ${services[0]?.address} through ${proxy.address}: passwords and cookies travel unencrypted.`,
      fix: "Let the HTTP proxy use a URL map that only redirects to HTTPS.",
    };
  }
}
