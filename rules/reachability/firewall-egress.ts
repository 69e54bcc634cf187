import { flowsOf, type Needed } from "../../analysis/network/firewall-flows.ts";
import { attachmentOf, differ, networkLabel, networkOf, same } from "../../analysis/network/network.ts";
import {
  appliesTo,
  type FirewallRule,
  firewallRule,
  matchesPort,
} from "../../analysis/network/packet-filter.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { cloudSqlLimits, redisLimits, wellKnownPorts } from "../../resources/limits.ts";
import { overlaps, type Range } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";

/** Where egress is denied, the ports that the workloads need are allowed first. */
export const firewallEgress: Rule = {
  id: "reachability/firewall-egress",
  why: "A deny rule for egress silently drops what no allow rule of a lower priority number lets through first.",
  limit:
    "for every server that a workload needs, an allow rule with its port and range, and a lower priority number than the deny rule",
  fix: "Add an allow rule for the port and range with a lower priority number.",
  source: "https://docs.cloud.google.com/firewall/docs/firewalls",
  *check(graph) {
    if (graph.all("google_compute_firewall").length === 0) return;
    const flows = flowsOf(graph);
    const useful = new Set(flows.flatMap(({ decision }) => (decision?.allows ? [decision.resource] : [])));
    const stopped = flows.flatMap((flow) =>
      flow.decision === undefined || flow.decision.allows ? [] : [{ flow, deny: flow.decision }],
    );
    const reported = new Set<Resource>(useful);
    for (const { flow, deny } of stopped) {
      if (!reported.has(deny.resource)) yield denied(flow, deny);
      reported.add(deny.resource);
    }
    const explained = new Set<Needed>();
    // First who allows the very port, then who only names the range.
    for (const meant of [allowsPort, namesRange]) {
      for (const { flow, deny } of stopped) {
        for (const rule of [...flow.rules, ...idleRules(graph, flow)]) {
          if (!rule.allows || reported.has(rule.resource) || !meant(rule, flow)) continue;
          reported.add(rule.resource);
          explained.add(flow);
          yield fruitless(flow, rule, deny);
          if (flow.attachment.direct && appliesTo(rule, flow.tags) === false) yield untagged(flow, rule);
        }
      }
    }
    for (const { flow, deny } of stopped) {
      if (explained.has(flow)) continue;
      for (const rule of flow.rules) {
        if (!rule.allows || !useful.has(rule.resource) || !fallsShort(rule, flow)) continue;
        useful.delete(rule.resource);
        yield fruitless(flow, rule, deny);
      }
    }
  },
};

function what({ label, port, range }: Needed): string {
  return `TCP ${port} to ${label}${range === undefined || range.prefix === 32 ? "" : ` (${range.cidr})`}`;
}

function denied(flow: Needed, rule: FirewallRule): Violation {
  const { attachment, workload } = flow;
  return {
    resource: rule.resource,
    message: `it denies ${what(flow)} at priority ${rule.priority}, which ${workload.resource.address} needs on ${attachment.network ? networkLabel(attachment.network) : "this network"}, and no allow rule comes before it; fails at run time: connections time out silently.`,
    fix: `Add an EGRESS rule that allows tcp:${flow.port} to ${flow.range?.cidr ?? "the server's range"} with a priority number below ${rule.priority}.`,
  };
}

function allowsPort(rule: FirewallRule, { port }: Needed): boolean {
  return matchesPort(rule, port) === true;
}

/** True where a rule that others need names this server's range or its sibling port, and not its port. */
function fallsShort(rule: FirewallRule, flow: Needed): boolean {
  if (allowsPort(rule, flow) || appliesTo(rule, flow.tags) === false) return false;
  const siblings = SIBLINGS.filter((pair) => pair.includes(flow.port)).flat();
  return namesRange(rule, flow) || siblings.some((port) => matchesPort(rule, port) === true);
}

/** Ports of one server, of which people take the other. */
const SIBLINGS: readonly (readonly number[])[] = [
  [redisLimits.port.value, redisLimits.tlsPort.value],
  [cloudSqlLimits.postgresPort.value, cloudSqlLimits.connectorPort.value],
];

/** True where the rule names the server's range without being for web or DNS traffic. */
function namesRange(rule: FirewallRule, { range }: Needed): boolean {
  const other = Object.values(wellKnownPorts.value).some((common) => matchesPort(rule, common) !== false);
  return !other && range !== undefined && namesAny(rule, range);
}

/** Rules that would count, were they not disabled or on a network that no workload enters. */
function idleRules(graph: Graph, { attachment }: Needed): FirewallRule[] {
  const entered = workloads(graph).map((workload) => attachmentOf(graph, workload)?.network);
  return graph
    .all("google_compute_firewall")
    .filter((resource) => resource.string("direction") === "EGRESS" && resource.blocks("allow").length > 0)
    .filter((resource) => {
      const network = networkOf(graph, resource.get("network"), resource);
      if (resource.boolean("disabled") === true) return same(network, attachment.network);
      return network !== undefined && entered.every((other) => differ(other, network));
    })
    .map((resource) => firewallRule(resource, "EGRESS"));
}

/** An allow rule which lets nothing through that is needed: the likely mistake. */
function fruitless(flow: Needed, rule: FirewallRule, deny: FirewallRule): Violation {
  const [because, fix] = likelyMistake(flow, rule, deny);
  return {
    resource: rule.resource,
    message: `it does not let through what a workload here needs: ${because}, and ${what(flow)} for ${flow.workload.resource.address} is denied by ${deny.resource.address}; fails at run time: connections time out silently.`,
    fix,
  };
}

/** With Direct VPC egress the tags are the workload's own. */
function untagged(flow: Needed, rule: FirewallRule): Violation {
  const { workload, tags } = flow;
  const wanted = (rule.targets ?? []).join(" or ");
  return {
    resource: workload.resource,
    message: `its interface ${tags.length === 0 ? "has no tags" : `is tagged ${tags.join(" and ")}`}, but ${rule.resource.address}, which would allow ${what(flow)}, is for ${wanted}; fails at run time: connections time out silently.`,
    fix: `Add the tag ${wanted} to network_interfaces.`,
  };
}

function likelyMistake(flow: Needed, rule: FirewallRule, deny: FirewallRule): [because: string, fix: string] {
  const { port, range } = flow;
  const target = range?.cidr ?? "the server's range";
  if (rule.resource.boolean("disabled") === true) return ["it is disabled", "Remove disabled."];
  if (!flow.rules.some(({ resource }) => resource === rule.resource))
    return ["no workload enters its network", "Put it on the network that the workload enters."];
  if (!allowsPort(rule, flow)) return [`it does not allow tcp:${port}`, `Allow tcp:${port} to ${target}.`];
  if (appliesTo(rule, flow.tags) === false)
    return [
      `its target tags ${(rule.targets ?? []).join(", ")} are not those of the workload`,
      flow.tags.length === 0 ? "Remove target_tags." : `Use ${flow.tags.join(" or ")}, or no target tags.`,
    ];
  if (range !== undefined && !namesAny(rule, range))
    return [`its destinations do not hold ${range.cidr}`, `Allow tcp:${port} to ${target}.`];
  return [
    `its priority ${rule.priority} comes after the ${deny.priority} of ${deny.resource.address}`,
    `Give it a priority number below ${deny.priority}.`,
  ];
}

function namesAny(rule: FirewallRule, range: Range): boolean {
  return (rule.ranges ?? []).some((candidate) => overlaps(candidate, range));
}
