import { list } from "../../analysis/lists.ts";
import { instanceGroupsOf } from "../../analysis/load-balancing/instance-groups.ts";
import { backendServiceTypes } from "../../analysis/load-balancing/load-balancer.ts";
import { networkLabel, networkOfInterface } from "../../analysis/network/network.ts";
import { deciding, firewallRules } from "../../analysis/network/packet-filter.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Block, Graph, Resource, Value } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import { parseRange, type Range } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";

const CHECKS = [
  "google_compute_health_check",
  "google_compute_region_health_check",
  "google_compute_http_health_check",
  "google_compute_https_health_check",
];
const SOURCES = loadBalancerLimits.healthCheckSources.value.flatMap((cidr) => parseRange(cidr) ?? []);

/** The firewall lets the health checkers of a load balancer in. */
export const healthCheckSource: Rule = {
  id: "reachability/health-check-source",
  why: "Health checks come from ranges of Google's, and a network lets in what a rule allows: VMs that are not reached count as unhealthy and get no request.",
  limit: `an ingress rule allows ${loadBalancerLimits.healthCheckSources.value.join(" and ")} to the port of the health check`,
  fix: "Allow the ranges of the health checkers to the port.",
  source: loadBalancerLimits.healthCheckSources.source,
  *check(graph) {
    for (const service of graph.all(...backendServiceTypes)) {
      if (isPassthrough(service)) continue;
      const checks = list(service.get("health_checks"));
      const written = checks.flatMap((check) => portOf(graph, check, service));
      const isServing = checks.some((check) => isOfServingPort(graph, check, service));
      for (const { manager, template } of instanceGroupsOf(graph, service)) {
        if (template === undefined) continue;
        const ports = [...written, ...(isServing ? namedPort(service, manager) : [])];
        for (const port of new Set(ports)) yield* keptOut(graph, { service, manager, template, port });
      }
    }
  },
};

/** Passthrough load balancers from the internet are checked from other ranges as well. */
function isPassthrough(service: Resource): boolean {
  const scheme = service.get("load_balancing_scheme");
  return /_region_/.test(service.type) && (scheme === "EXTERNAL" || typeof scheme === "object");
}

function portOf(graph: Graph, check: Value, from: Resource): number[] {
  const resource = follow(graph, check, CHECKS, from);
  if (resource === undefined) return [];
  const blocks = ["http", "https", "http2", "tcp", "ssl", "grpc"].flatMap((kind) =>
    resource.blocks(`${kind}_health_check`),
  );
  const written = (block: Block) => block.number("port");
  return [resource, ...blocks].flatMap((block) => written(block) ?? []);
}

/** Checked where requests are sent, at the port of the group that has the name of the backend service. */
function isOfServingPort(graph: Graph, check: Value, from: Resource): boolean {
  const resource = follow(graph, check, CHECKS, from);
  return ["http", "https", "http2", "tcp", "ssl", "grpc"].some(
    (kind) => resource?.string(`${kind}_health_check.port_specification`) === "USE_SERVING_PORT",
  );
}

/** The port of the group that has the name of the backend service. */
export function namedPort(service: Resource, manager: Resource): number[] {
  const name = service.string("port_name");
  return manager
    .blocks("named_port")
    .filter((block) => name !== undefined && block.string("name") === name)
    .flatMap((block) => block.number("port") ?? []);
}

function isSource(range: Range): boolean {
  return SOURCES.some(({ network }) => network === range.network);
}

interface Checked {
  readonly service: Resource;
  readonly manager: Resource;
  readonly template: Resource;
  readonly port: number;
}

function* keptOut(graph: Graph, { service, manager, template, port }: Checked): Iterable<Violation> {
  const network = networkOfInterface(graph, template);
  // The rules of a network that others own are theirs as well.
  if (network?.resource === undefined || !graph.complete) return;
  const tags = list(template.get("tags"));
  if (template.isUnknown("tags") || !tags.every((tag) => typeof tag === "string")) return;
  const rules = firewallRules(graph, network, "INGRESS");
  for (const range of SOURCES) {
    const decision = deciding(rules, { range, port, tags });
    if (decision?.allows === true) continue;
    // Where the input lets some health checker in, this port was forgotten; else another configuration may do it.
    const isKnown =
      decision !== undefined || rules.some(({ ranges }) => ranges?.some((one) => isSource(one)));
    yield {
      resource: decision?.resource ?? service,
      severity: isKnown ? "error" : "warning",
      message: `${decision === undefined ? `no ingress rule of ${networkLabel(network)} allows` : "it denies"} ${range.cidr} to port ${port} of the VMs of ${manager.address}, from where ${service.address} is checked; fails at run time: every VM counts as unhealthy and no request is answered.`,
      fix: `Add a google_compute_firewall with source_ranges = [${loadBalancerLimits.healthCheckSources.value.map((cidr) => `"${cidr}"`).join(", ")}] that allows tcp ${port}.`,
    };
    return;
  }
}
