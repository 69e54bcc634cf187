import { overlaps, type Range } from "../../platform/ranges.ts";
import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { nameOf } from "./names.ts";
import { type Need, needsOf, serverLabel } from "./needs.ts";
import { type Attachment, attachmentOf, networkLabel } from "./network.ts";
import { deciding, type FirewallRule, firewallRules, matchesPort } from "./packet-filter.ts";
import { networkOfServer } from "./same-network.ts";
import { serverPort, serverRange } from "./server-range.ts";
import { type Workload, workloads } from "./workload.ts";

/** V10, V11: where egress is denied, the ports that the workloads need are allowed first. */
export const firewallEgress: Rule = {
  id: "reachability/firewall-egress",
  why: "A deny rule for egress silently drops what no allow rule of a lower priority number lets through first.",
  limit:
    "for every server that a workload needs, an allow rule with its port and range, and a lower priority number than the deny rule",
  fix: "Add an allow rule for the port and range with a lower priority number.",
  source: "https://docs.cloud.google.com/firewall/docs/firewalls",
  example: `resource "google_compute_firewall" "deny_all" {
  name               = "deny-all"
  network            = google_compute_network.main.id
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"]
  deny { protocol = "all" }
} # and no allow rule for the 6379 of google_redis_instance.cache`,
  *check(graph) {
    if (graph.all("google_compute_firewall").length === 0) return;
    const flows = flowsOf(graph);
    const useful = new Set(flows.flatMap(({ decision }) => (decision?.allows ? [decision.resource] : [])));
    const said = new Set<Resource>();
    for (const flow of flows) {
      if (flow.decision === undefined || flow.decision.allows) continue;
      if (!said.has(flow.decision.resource)) yield denied(flow, flow.decision);
      said.add(flow.decision.resource);
      for (const rule of flow.rules) {
        if (!rule.allows || useful.has(rule.resource) || said.has(rule.resource) || !meantFor(rule, flow))
          continue;
        said.add(rule.resource);
        yield fruitless(flow, rule, flow.decision);
      }
    }
  },
};

interface Needed {
  readonly workload: Workload;
  readonly need: Need;
  readonly port: number;
  readonly range: Range | undefined;
  readonly attachment: Attachment;
  readonly rules: readonly FirewallRule[];
  readonly decision: FirewallRule | undefined;
}

function flowsOf(graph: Graph): Needed[] {
  const perNetwork = new Map<string, FirewallRule[]>();
  return workloads(graph).flatMap((workload) => {
    const attachment = attachmentOf(graph, workload);
    const network = attachment?.network;
    if (attachment === undefined || network === undefined) return [];
    const key = network.resource?.address ?? network.name ?? "";
    const rules = perNetwork.get(key) ?? firewallRules(graph, network, "EGRESS");
    perNetwork.set(key, rules);
    if (rules.length === 0) return [];
    const tags = instanceTags(graph, attachment);
    return needsOf(graph, workload).flatMap((need): Needed[] => {
      const port = serverPort(need);
      if (!need.internal || port === undefined || networkOfServer(graph, need.target) === undefined)
        return [];
      const range = serverRange(graph, need.target);
      const decision = deciding(rules, { range, port, tags });
      return [{ workload, need, port, range, attachment, rules, decision }];
    });
  });
}

/** C16: the instances of a connector carry these tags; Direct VPC egress those of its interface. */
export function instanceTags(graph: Graph, { connector, tags }: Attachment): readonly string[] {
  if (connector === undefined) return tags;
  return ["vpc-connector", `vpc-connector-${graph.region(connector)}-${nameOf(connector)}`];
}

function what({ need, port, range }: Needed): string {
  return `TCP ${port} to ${serverLabel(need)}${range === undefined ? "" : ` (${range.cidr})`}`;
}

function denied(flow: Needed, rule: FirewallRule): Verdict {
  const { attachment, workload } = flow;
  return {
    resource: rule.resource,
    severity: "error",
    message: `it denies ${what(flow)} at priority ${rule.priority}, which ${workload.resource.address} needs on ${attachment.network ? networkLabel(attachment.network) : "this network"}, and no allow rule comes before it; breaks at run time: connections time out silently.`,
    fix: `Add an EGRESS rule that allows tcp:${flow.port} to ${flow.range?.cidr ?? "the server's range"} with a priority number below ${rule.priority}.`,
  };
}

/** True where the rule allows the port, or names the server's range without being for web or DNS traffic. */
function meantFor(rule: FirewallRule, { port, range }: Needed): boolean {
  if (matchesPort(rule, port) === true) return true;
  const other = [53, 80, 443].some((common) => matchesPort(rule, common) !== false);
  return !other && range !== undefined && (rule.ranges ?? []).some((candidate) => overlaps(candidate, range));
}

/** An allow rule on that network which lets nothing through that is needed: the likely slip. */
function fruitless(flow: Needed, rule: FirewallRule, deny: FirewallRule): Verdict {
  const late = rule.priority >= deny.priority && matchesPort(rule, flow.port) === true;
  const because = late
    ? `its priority ${rule.priority} comes after the ${deny.priority} of ${deny.resource.address}`
    : "its ports, ranges or targets do not fit";
  return {
    resource: rule.resource,
    severity: "error",
    message: `it lets through nothing that a workload here needs: ${because}, and ${what(flow)} for ${flow.workload.resource.address} is denied; breaks at run time: connections time out silently.`,
    fix: late
      ? `Give it a priority number below ${deny.priority}.`
      : `Allow tcp:${flow.port} to ${flow.range?.cidr ?? "the server's range"} for all instances or the workload's tags.`,
  };
}
