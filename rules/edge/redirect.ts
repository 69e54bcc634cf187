import {
  frontEnds,
  httpProxyTypes,
  httpsProxyTypes,
  isHttps,
  text,
  urlMapTypes,
} from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { REDIRECT_DOC } from "./sources.ts";

/** HTTP leads to HTTPS, and HTTPS not to itself. */
export const redirect: Rule = {
  id: "edge/redirect",
  why: "A redirect to HTTPS belongs to the HTTP proxy: on an HTTPS proxy it redirects every request to itself.",
  limit: "https_redirect without another host or path on the URL map of an HTTP proxy only",
  fix: "Use one URL map with only the redirect for the HTTP proxy, and another with the services for the HTTPS proxy.",
  source: REDIRECT_DOC,
  *check(graph) {
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

/** Where the same map also serves an HTTP proxy, the HTTPS proxy took the wrong one; otherwise the map is wrong. */
function* loop(map: Resource, proxy: Resource, shared: boolean): Iterable<Violation> {
  const named = new Set(map.blocks("host_rule").map((rule) => text(rule, "path_matcher")));
  const redirects = [
    ...map.blocks("default_url_redirect"),
    ...map
      .blocks("path_matcher")
      .filter((matcher) => named.has(text(matcher, "name")))
      .flatMap((matcher) => matcher.blocks("default_url_redirect")),
  ].filter((block) => block.boolean("https_redirect") === true);
  const same = redirects.find((block) =>
    ["host_redirect", "path_redirect", "prefix_redirect"].every((name) => !isSet(block, name)),
  );
  // One to another host or path ends there, as that of an old domain.
  if (same === undefined) return;
  yield {
    resource: shared ? proxy : map,
    message: `url_map of ${proxy.address} is ${map.address}, which redirects to HTTPS; fails at run time: every request to an HTTPS proxy is redirected to itself.`,
  };
}

/** Advice only: some endpoints serve HTTP on purpose. */
function* plainHttp(graph: Graph): Iterable<Violation> {
  for (const { rule, proxy, urlMap, services } of frontEnds(graph)) {
    if (proxy === undefined || isHttps(proxy) || urlMap === undefined || services.length === 0) continue;
    const redirects = JSON.stringify(urlMap.values).includes('"https_redirect"');
    if (redirects || !text(rule, "load_balancing_scheme")?.startsWith("EXTERNAL")) continue;
    yield {
      resource: rule,
      severity: "warning",
      message: `${proxy.address} sends plain HTTP to ${services[0]?.address}; is a security risk: passwords and cookies travel unencrypted.`,
      fix: "Set url_map of the HTTP proxy to a URL map that only redirects to HTTPS.",
    };
  }
}
