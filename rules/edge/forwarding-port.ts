import {
  elements,
  type FrontEnd,
  forwardingRuleTypes,
  frontEnds,
  frontEndsBy,
  isHttps,
  text,
} from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";
import { FORWARDING_DOC } from "./sources.ts";

/** A passthrough load balancer hands on packets of one protocol. */
function* otherProtocol(graph: Graph, rule: Resource): Iterable<Violation> {
  const service = follow(graph, rule.get("backend_service"), ["google_compute_region_backend_service"], rule);
  const own = rule.get("ip_protocol") ?? "TCP";
  const theirs = service?.string("protocol") ?? "";
  if (service === undefined || !/^(TCP|UDP)$/.test(theirs) || typeof own !== "string") return;
  if (!/^(TCP|UDP)$/.test(own) || own === theirs) return;
  yield {
    resource: rule,
    message: `ip_protocol is ${own}${rule.get("ip_protocol") === undefined ? ", the default," : ""} and protocol of ${service.address} is ${theirs}; rejected by the API: both are the same.`,
    fix: `Set ip_protocol = "${theirs}".`,
  };
}

interface Ports {
  readonly low: number;
  readonly high: number;
}

/** Forwarding rules that share an address differ in their ports, and a proxy is reached through one port. */
export const forwardingPort: Rule = {
  id: "edge/forwarding-port",
  why: "Two forwarding rules of one address and port cannot both exist, and a proxy is reached through one port, not a range.",
  limit: "one port per HTTP(S) proxy; no overlap on one address",
  fix: "Give each forwarding rule of the address a port of its own: 443 for HTTPS, 80 for the redirect.",
  source: FORWARDING_DOC,
  *check(graph) {
    yield* clashes(graph);
    for (const rule of graph.all("google_compute_forwarding_rule")) yield* otherProtocol(graph, rule);
    const byProxy = frontEndsBy(graph, ({ proxy }) => [proxy]);
    // A rule that cannot be followed may be the one on port 443.
    const unclear = frontEnds(graph).some(
      ({ rule, proxy }) => proxy === undefined && isUnknown(rule.get("target")),
    );
    for (const { rule, proxy } of frontEnds(graph)) {
      const written = rule.get("port_range");
      const ports = portsOf(rule);
      if (
        (typeof written === "string" || typeof written === "number") &&
        written !== "" &&
        ports === undefined
      )
        yield {
          resource: rule,
          message: `port_range is ${JSON.stringify(written)}; rejected by the API: it must be a port or "first-last", 1 to ${loadBalancerLimits.portHigh.value}.`,
          fix: 'Set one port, for example "443".',
        };
      if (proxy === undefined || ports === undefined) continue;
      if (ports.low !== ports.high)
        yield {
          resource: rule,
          message: `port_range is "${ports.low}-${ports.high}" with target ${proxy.address}; rejected by the API: a proxy is reached through one port.`,
        };
      else {
        yield* protocol(rule, proxy, ports.low);
        if (!unclear) yield* certificate(graph, rule, proxy, ports.low, byProxy.get(proxy) ?? []);
      }
    }
  },
};

/** The ports of URLs without one: 80 for http and 443 for https. */
function* protocol(rule: Resource, proxy: Resource, port: number): Iterable<Violation> {
  if (isHttps(proxy) && port === 80)
    yield {
      resource: rule,
      severity: "warning",
      message: `port_range is 80 with target ${proxy.address}, an HTTPS proxy; fails at run time: clients send plain HTTP to port 80.`,
      fix: 'Set port_range = "443".',
    };
  if (!isHttps(proxy) && port === 443)
    yield {
      resource: rule,
      message: `port_range is 443 with target ${proxy.address}, an HTTP proxy; fails at run time: TLS connections to port 443 are reset.`,
      fix: 'Set port_range = "80", or an HTTPS proxy as target.',
    };
}

/** Google issues a managed certificate only where the load balancer serves on port 443. */
function* certificate(
  graph: Graph,
  rule: Resource,
  proxy: Resource,
  port: number,
  fronts: readonly FrontEnd[],
): Iterable<Violation> {
  if (port === 443 || !isHttps(proxy)) return;
  const managed = (elements(proxy.get("ssl_certificates")) ?? [])
    .map((value) => follow(graph, value, ["google_compute_managed_ssl_certificate"], proxy))
    .find((found) => found !== undefined);
  const elsewhere = fronts.some((other) => portsOf(other.rule)?.low === 443);
  if (managed === undefined || elsewhere) return;
  yield {
    resource: rule,
    // Published configurations start HTTPS on port 80; other ports are not intended either.
    severity: port === 80 ? "warning" : "error",
    message: `port_range is ${port} and no other forwarding rule has target ${proxy.address}; fails at run time: ${managed.address} is issued only where port 443 serves it.`,
    fix: 'Set port_range = "443".',
  };
}

function portsOf(rule: Resource): Ports | undefined {
  const written = rule.get("port_range");
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(written));
  if (match === null || isUnknown(written)) return undefined;
  const low = Number(match[1]);
  const high = match[2] === undefined ? low : Number(match[2]);
  return low >= 1 && low <= high && high <= loadBalancerLimits.portHigh.value ? { low, high } : undefined;
}

function* clashes(graph: Graph): Iterable<Violation> {
  const byAddress = new Map<string, { rule: Resource; ports: Ports }[]>();
  for (const rule of graph.all(...forwardingRuleTypes)) {
    const ports = portsOf(rule);
    const key = addressKey(graph, rule);
    if (ports === undefined || key === undefined) continue;
    const protocol = text(rule, "ip_protocol") ?? "TCP";
    const group = byAddress.get(`${key} ${protocol}`) ?? [];
    const clash = group.find((other) => other.ports.low <= ports.high && ports.low <= other.ports.high);
    if (clash !== undefined)
      yield {
        resource: rule,
        message: `port_range is ${text(rule, "port_range")} and overlaps that of ${clash.rule.address}; rejected by the API: rules of one address have different ports.`,
      };
    group.push({ rule, ports });
    byAddress.set(`${key} ${protocol}`, group);
  }
}

function addressKey(graph: Graph, rule: Resource): string | undefined {
  const written = rule.get("ip_address");
  const found = follow(graph, written, ["google_compute_global_address", "google_compute_address"], rule);
  if (found !== undefined) return graph.key(found.address, found);
  // Private addresses may repeat in networks that have nothing to do with each other.
  return typeof written === "string" && /^\d+\.\d+\.\d+\.\d+$/.test(written) && !written.startsWith("10.")
    ? written
    : undefined;
}
