import {
  type FrontEnd,
  frontEnds,
  isExternal,
  isHttps,
  schemeOf,
  text,
} from "../../analysis/load-balancing/load-balancer.ts";
import { references, textOf } from "../../analysis/references/text.ts";
import { variables, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { REDIRECT_DOC } from "./sources.ts";

/** What is asked for by HTTPS is served by HTTPS. */
export const httpsFrontEnd: Rule = {
  id: "edge/https-front-end",
  why: "A load balancer listens on the ports of its forwarding rules only: without one that leads to an HTTPS proxy, redirects to HTTPS, checks of port 443 and https:// addresses end in a refused connection.",
  limit:
    "a forwarding rule with a target HTTPS proxy where a URL map redirects to HTTPS, or an uptime check or a variable asks for https:// of its hosts",
  fix: 'Add a google_compute_global_forwarding_rule with port_range = "443" whose target is a target HTTPS proxy.',
  source: REDIRECT_DOC,
  *check(graph) {
    const external = frontEnds(graph).filter(({ rule }) => isExternal(schemeOf(rule)));
    // What is not known may be the HTTPS proxy.
    if (!graph.complete || external.some(({ proxy }) => proxy === undefined || isHttps(proxy))) return;
    for (const front of external) yield* redirected(front);
    if (external.length > 0) yield* requested(graph, external);
  },
};

function* redirected({ rule, proxy, urlMap }: FrontEnd): Iterable<Violation> {
  const redirect = urlMap?.blocks("default_url_redirect")[0];
  if (urlMap === undefined || redirect?.boolean("https_redirect") !== true) return;
  // Another host may be one of somebody else's.
  if (text(redirect, "host_redirect") !== undefined) return;
  yield {
    resource: rule,
    message: `${urlMap.address} of ${proxy?.address} redirects to HTTPS, and no forwarding rule leads to an HTTPS proxy; fails at run time: every request is sent to a port on which nothing listens.`,
  };
}

function* requested(graph: Graph, fronts: readonly FrontEnd[]): Iterable<Violation> {
  const hosts = hostsOf(graph, fronts);
  const leads = (value: Value | undefined): "error" | "warning" | undefined =>
    references(value).some(({ address }) => isOurs(graph, fronts, address))
      ? "error"
      : hosts.get((textOf(value) ?? "").toLowerCase());
  const without = `no forwarding rule leads to an HTTPS proxy (${fronts.map(({ rule }) => rule.address).join(", ")} to HTTP only)`;
  for (const check of graph.all("google_monitoring_uptime_check_config")) {
    const encrypted = check.boolean("http_check.use_ssl") === true || check.number("tcp_check.port") === 443;
    const severity = encrypted ? leads(check.get("monitored_resource.labels.host")) : undefined;
    if (severity !== undefined)
      yield {
        resource: check,
        severity,
        message: `it requests port ${check.get("http_check.port") ?? 443} of the load balancer, and ${without}; fails at run time: nothing listens there, and every check fails.`,
      };
  }
  for (const workload of workloads(graph))
    for (const { name, value } of variables(workload)) {
      const host = /^https:\/\/([^/:?#]+)(?::443)?(?:[/?#]|$)/.exec(textOf(value) ?? "")?.[1];
      const severity = host === undefined ? undefined : hosts.get(host.toLowerCase());
      if (severity !== undefined)
        yield {
          resource: workload.resource,
          severity,
          message: `${name} is an https:// address of "${host}", and ${without}; fails at run time: nothing listens there, and every call fails.`,
        };
    }
}

/**
 * Names that lead to the front ends: certainly where a record has their address; a host of a URL map may be that of a proxy
 * elsewhere, which speaks HTTPS and passes on plain HTTP.
 */
function hostsOf(graph: Graph, fronts: readonly FrontEnd[]): ReadonlyMap<string, "error" | "warning"> {
  const routed = fronts
    .flatMap(({ urlMap }) => urlMap?.blocks("host_rule") ?? [])
    .flatMap((rule) => rule.get("hosts"))
    .filter((name) => typeof name === "string" && !name.includes("*"));
  const recorded = graph
    .all("google_dns_record_set")
    .filter((record) =>
      references(record.get("rrdatas")).some(({ address }) => isOurs(graph, fronts, address)),
    )
    .flatMap((record) => record.string("name")?.replace(/\.$/, "") ?? []);
  return new Map([
    ...routed.map((name) => [String(name).toLowerCase(), "warning"] as const),
    ...recorded.map((name) => [name.toLowerCase(), "error"] as const),
  ]);
}

function isOurs(graph: Graph, fronts: readonly FrontEnd[], address: string): boolean {
  return fronts.some(({ rule }) => leadsTo(graph, rule, address));
}

/** Whether an address is that of the forwarding rule, its own or the one that is reserved for it. */
function leadsTo(graph: Graph, rule: Resource, address: string): boolean {
  const resource = graph.at(address, rule);
  return (
    resource === rule ||
    (resource !== undefined &&
      references(rule.get("ip_address")).some((each) => graph.at(each.address, rule) === resource))
  );
}
