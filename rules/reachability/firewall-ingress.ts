import { list } from "../../analysis/lists.ts";
import { instanceTags } from "../../analysis/network/firewall-flows.ts";
import { type Attachment, attachmentOf, networkOfServer, same } from "../../analysis/network/network.ts";
import {
  appliesTo,
  carriesTcp,
  deciding,
  type FirewallRule,
  type Flow,
  firewallRules,
  matchesPort,
} from "../../analysis/network/packet-filter.ts";
import { serverPort } from "../../analysis/network/server-range.ts";
import { needsOf } from "../../analysis/references/needs.ts";
import { endpointOf, portOf } from "../../analysis/references/text.ts";
import { variables, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { contains, parseRange, type Range } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";

/**
 * By the documentation, ingress rules know instances of Direct VPC egress by their range only, neither by tag nor by
 * account. In practice tags were seen to work in September 2026, so this is a warning.
 */
export const firewallIngress: Rule = {
  id: "reachability/firewall-ingress",
  why: "An ingress rule that admits Cloud Run by source tag or service account is not supported with Direct VPC egress, and a VM admits nothing that no rule allows.",
  limit:
    "source_ranges with the range of the subnet, not source_tags or source_service_accounts; for a VM that a workload calls, a rule that lets its port in",
  fix: "Admit the range of the workload's subnet or connector with source_ranges.",
  source: "https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc",
  exampleSeverity: "warning",
  *check(graph) {
    const tagged = new Set<Resource>();
    for (const workload of workloads(graph)) {
      const attachment = attachmentOf(graph, workload);
      if (attachment?.network === undefined) continue;
      if (attachment.direct) {
        for (const verdict of bySource(graph, workload, attachment)) {
          if (!tagged.has(verdict.resource)) yield verdict;
          tagged.add(verdict.resource);
        }
      }
      yield* machines(graph, workload, attachment);
    }
  },
};

function* bySource(graph: Graph, workload: Workload, attachment: Attachment): Iterable<Violation> {
  if (attachment.network === undefined) return;
  for (const rule of firewallRules(graph, attachment.network, "INGRESS")) {
    if (!rule.allows || list(rule.resource.get("source_ranges")).length > 0) continue;
    const tag = rule.sourceTags.find((name) => attachment.tags.includes(name) && !isCarried(graph, name));
    const account = tag === undefined ? sourceAccount(graph, rule.resource, workload) : undefined;
    if (tag === undefined && account === undefined) continue;
    const [source, attribute] =
      tag === undefined
        ? [`the service account of ${workload.resource.address}, which`, "source_service_accounts"]
        : [`the source tag "${tag}", which only the`, "source_tags"];
    yield {
      resource: rule.resource,
      severity: "warning",
      message: `${attribute} admits ${source} ${tag === undefined ? "has Direct VPC egress" : `Direct VPC egress of ${workload.resource.address} carries`}; fails at run time by the documentation, which excludes tags and service accounts of Cloud Run from ingress rules: the connections are not let in.`,
      fix: `Replace ${attribute} by source_ranges with the range of the subnet, for example ["10.20.0.0/24"].`,
    };
  }
}

/** The account of the workload, where the rule admits it as a source and no VM runs as it. */
function sourceAccount(graph: Graph, rule: Resource, workload: Workload): string | undefined {
  const own = accountName(graph, workload.serviceAccount, workload.resource);
  const admitted = list(rule.get("source_service_accounts")).map((value) => accountName(graph, value, rule));
  const isOfMachine = graph
    .all("google_compute_instance", "google_compute_instance_template")
    .some((machine) => accountName(graph, machine.get("service_account.email"), machine) === own);
  return own !== undefined && admitted.includes(own) && !isOfMachine ? own : undefined;
}

function accountName(graph: Graph, value: Value | undefined, from: Resource): string | undefined {
  const target = graph.target(value, ["google_service_account"], from);
  if (target.kind === "resource") return graph.key(target.resource.address, target.resource);
  return typeof value === "string" ? value : undefined;
}

/** True where a VM carries the tag too, so that the rule may be meant for that. */
function isCarried(graph: Graph, tag: string): boolean {
  return graph
    .all("google_compute_instance", "google_compute_instance_template")
    .some((machine) => list(machine.get("tags")).includes(tag));
}

/** A VM admits only what an ingress rule allows; on a network of the input all rules are known. */
function* machines(graph: Graph, workload: Workload, attachment: Attachment): Iterable<Violation> {
  const { network } = attachment;
  if (network?.resource === undefined || !graph.complete) return;
  for (const need of needsOf(graph, workload)) {
    if (need.kind !== "machine") continue;
    const home = networkOfServer(graph, need.target);
    if (!same(home, network)) continue;
    const tags = list(need.target.get("tags"));
    const port = serverPort(need, workload) ?? portNamed(workload, need.place);
    if (port === undefined || tags.some((tag) => typeof tag !== "string")) continue;
    const rules = firewallRules(graph, network, "INGRESS");
    if (graph.all("google_compute_network_firewall_policy_association").length > 0) continue;
    const range = senderRange(attachment);
    // Tags of Direct VPC egress may be seen in practice: that is warned of above.
    const senderTags = attachment.direct ? attachment.tags : instanceTags(graph, attachment);
    const flow = { range, port, tags: tags.filter((tag) => typeof tag === "string"), senderTags };
    const rule = deciding(rules, flow);
    if (rule?.allows || rules.some((other) => admitsAccount(graph, other, workload, port))) continue;
    const message = `TCP ${port} from ${range?.cidr ?? "it"} to the VM ${need.target.address} (${need.place}) is ${rule === undefined ? "allowed by no ingress rule" : `denied by ${rule.resource.address} at priority ${rule.priority}`}; fails at run time: connections time out silently.`;
    const meant = rules.filter((candidate) => isMeant(candidate, flow));
    const untagged = meant.some((candidate) => appliesTo(candidate, flow.tags) === false);
    const ends = [workload.resource, ...meant.map((candidate) => candidate.resource)];
    for (const resource of untagged ? [...ends, need.target] : ends) {
      yield {
        resource,
        message,
        fix: `Allow INGRESS of tcp:${port} from ${range?.cidr ?? "the workload's range"}.`,
      };
    }
  }
}

function admitsAccount(graph: Graph, rule: FirewallRule, workload: Workload, port: number): boolean {
  const isNamed = sourceAccount(graph, rule.resource, workload) !== undefined;
  return rule.allows && isNamed && matchesPort(rule, port) !== false;
}

/** An allow rule that stops at one thing: the port, the source, or the tag of the VM. */
function isMeant(rule: FirewallRule, flow: Flow): boolean {
  const { range } = flow;
  const port = matchesPort(rule, flow.port) !== false;
  const named = (rule.targets ?? []).length > 0 && appliesTo(rule, flow.tags) === true;
  const source = range !== undefined && (rule.ranges ?? []).some((candidate) => contains(range, candidate));
  return rule.allows && (port || (carriesTcp(rule) !== false && (named || source)));
}

function senderRange({ connector, subnetwork }: Attachment): Range | undefined {
  return parseRange(connector?.get("ip_cidr_range")) ?? parseRange(subnetwork?.get("ip_cidr_range"));
}

function portNamed(workload: Workload, place: string): number | undefined {
  const variable = variables(workload).find(({ name }) => place.endsWith(name));
  const endpoint = endpointOf(variable?.value);
  return endpoint && portOf(endpoint);
}
