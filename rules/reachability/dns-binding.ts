import { networkKey } from "../../analysis/network/network-key.ts";
import { type Taken, takenTwice } from "../../analysis/taken-twice.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const POLICIES: Readonly<Record<string, string>> = {
  google_dns_policy: "DNS policy",
  google_dns_response_policy: "response policy",
};

const NETWORKS = "networks";

/** A network has one policy of each kind, and one private zone of each name. */
export const dnsBinding: Rule = {
  id: "reachability/dns-binding",
  why: "Cloud DNS binds a network to one DNS policy, one response policy and one private zone of each name; a second one is rejected.",
  limit:
    "each network in one google_dns_policy, in one google_dns_response_policy and in one private zone of a dns_name",
  fix: "Merge the two, or bind one of them to other networks.",
  source: "https://docs.cloud.google.com/dns/docs/policies-overview",
  *check(graph) {
    for (const [type, label] of Object.entries(POLICIES))
      for (const { first, second } of takenTwice(graph, graph.all(type), (policy) =>
        bound(graph, policy, NETWORKS),
      ))
        yield {
          resource: second,
          message: `it is bound to a network of ${first.address}; rejected by the API: a network has one ${label}.`,
        };
    const zones = graph
      .all("google_dns_managed_zone")
      .filter((zone) => zone.string("visibility") === "private");
    for (const { first, second } of takenTwice(graph, zones, (zone) =>
      bound(graph, zone, "private_visibility_config.networks", zone.string("dns_name")?.toLowerCase()),
    ))
      yield {
        resource: second,
        message: `its dns_name "${second.string("dns_name")}" and a network are those of ${first.address}; rejected by the API: a network sees one private zone of a name.`,
        fix: "Write the records into one zone, or give the other one a name below it.",
        source: "https://docs.cloud.google.com/dns/docs/zones/zones-overview",
      };
  },
};

/** The networks that a policy or a zone is bound to, each with what is taken of it. */
function* bound(graph: Graph, resource: Resource, path: string, name?: string): Iterable<Taken> {
  if (path !== NETWORKS && name === undefined) return;
  for (const block of resource.blocks(path))
    yield [name ?? "", networkKey(graph, block.get("network_url"), resource)];
}
