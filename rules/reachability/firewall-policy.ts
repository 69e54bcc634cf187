import { networkKey } from "../../analysis/network/network-key.ts";
import { follow } from "../../analysis/references/follow.ts";
import { type Taken, takenTwice } from "../../analysis/taken-twice.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const POLICIES = [
  "google_compute_firewall_policy",
  "google_compute_network_firewall_policy",
  "google_compute_region_network_firewall_policy",
];

/** The rules of a firewall policy are in an order, and a network has one policy. */
export const firewallPolicy: Rule = {
  id: "reachability/firewall-policy",
  why: "Rules of a firewall policy are told apart by their priority, and a network has one global policy and one in each region.",
  limit: "each priority once in a policy; one association of a network, and one in each region",
  fix: "Give the rule another priority.",
  source: "https://docs.cloud.google.com/firewall/docs/network-firewall-policies",
  *check(graph) {
    for (const policy of POLICIES) {
      const rules = graph.all(`${policy}_rule`);
      for (const { first, second } of takenTwice(graph, rules, (rule) => [
        [policyOf(graph, rule, policy), region(graph, rule), rule.string("priority")],
      ]))
        yield {
          resource: second,
          message: `priority is ${second.string("priority")}, as that of ${first.address} in the same policy; rejected by the API: a rule is known by its priority.`,
        };
      if (policy === POLICIES[0]) continue;
      const associations = graph.all(`${policy}_association`);
      for (const { first, second } of takenTwice(graph, associations, (association): Taken[] => [
        [networkKey(graph, association.get("attachment_target"), association), region(graph, association)],
      ]))
        yield {
          resource: second,
          message: `attachment_target is the network of ${first.address}; rejected by the API: a network has one such policy.`,
          fix: "Write the rules into one policy.",
        };
    }
  },
};

function policyOf(graph: Graph, rule: Resource, type: string): Resource | string | undefined {
  return follow(graph, rule.get("firewall_policy"), [type], rule) ?? rule.string("firewall_policy");
}

/** Empty for what is global. */
function region(graph: Graph, resource: Resource): string | undefined {
  return resource.type.includes("_region_") ? graph.region(resource) : "";
}
