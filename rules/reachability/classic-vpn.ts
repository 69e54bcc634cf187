import { follow } from "../../analysis/references/follow.ts";
import { unordered } from "../../analysis/references/order.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const GATEWAY = ["google_compute_vpn_gateway"];

/** What a gateway of Classic VPN receives: the packets of a tunnel, and the exchange of its keys. */
const NEEDED: readonly (readonly [label: string, protocol: string, port: string | undefined])[] = [
  ["ESP", "ESP", undefined],
  ["UDP 500", "UDP", "500"],
  ["UDP 4500", "UDP", "4500"],
];

/** A tunnel of Classic VPN needs the forwarding rules of its gateway, to which it does not refer. */
export const classicVpn: Rule = {
  id: "reachability/classic-vpn",
  why: "A gateway of Classic VPN receives through three forwarding rules, to which its tunnels do not refer: Terraform creates them at the same time, and the API rejects a tunnel before them.",
  limit: "forwarding rules for ESP, UDP 500 and UDP 4500 with the gateway as target, before the tunnel",
  fix: "Add depends_on with the forwarding rules of the gateway.",
  source: "https://docs.cloud.google.com/network-connectivity/docs/vpn/how-to/creating-static-vpns",
  *check(graph) {
    for (const tunnel of graph.all("google_compute_vpn_tunnel")) {
      const gateway = follow(graph, tunnel.get("target_vpn_gateway"), GATEWAY, tunnel);
      if (gateway === undefined) continue;
      const own = rulesOf(graph, gateway);
      // Where none is shown, others make them.
      if (own.length === 0) continue;
      const late = own.filter((rule) => unordered(graph, tunnel, rule));
      if (late.length > 0)
        yield {
          resource: tunnel,
          message: `nothing makes it wait for ${late.map(({ address }) => address).join(", ")}, so all are created at the same time; rejected by the API: the gateway does not receive ESP, UDP 500 and UDP 4500 yet.`,
          fix: `Add depends_on = [${late.map(({ address }) => address).join(", ")}].`,
        };
      const missing = NEEDED.filter(([, ...wanted]) => !own.some((rule) => mayReceive(rule, ...wanted)));
      if (missing.length > 0 && graph.complete)
        yield {
          resource: gateway,
          message: `no forwarding rule with it as target receives ${missing.map(([label]) => label).join(" and ")}; rejected by the API: a tunnel needs all three.`,
          fix: "Add the forwarding rule, with the address of the others.",
        };
    }
  },
};

function rulesOf(graph: Graph, gateway: Resource): readonly Resource[] {
  return graph
    .all("google_compute_forwarding_rule")
    .filter((rule) => follow(graph, rule.get("target"), GATEWAY, rule) === gateway);
}

/** True where what is not known may make it so. */
function mayReceive(rule: Resource, protocol: string, port: string | undefined): boolean {
  const written = rule.get("ip_protocol");
  if (written !== undefined && rule.string("ip_protocol") === undefined) return true;
  if (rule.string("ip_protocol")?.toUpperCase() !== protocol) return false;
  const range = rule.get("port_range");
  if (port === undefined || (range !== undefined && rule.string("port_range") === undefined)) return true;
  return rule.string("port_range")?.split("-")[0] === port;
}
