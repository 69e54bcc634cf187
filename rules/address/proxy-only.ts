import { mayExclude } from "../../analysis/exclusive.ts";
import { type NetworkKey, networkKey } from "../../analysis/network/network-key.ts";
import type { Resource } from "../../graph/index.ts";
import { vpcLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** A network has one active subnet for proxies in each region. */
export const proxyOnly: Rule = {
  id: "address/proxy-only",
  why: "The regional load balancers of a network share one subnet for their proxies in each region; a second active one is refused.",
  limit: "one subnet of a managed proxy purpose with role ACTIVE for each network and region",
  fix: 'Remove one of the two, or set role = "BACKUP".',
  source: vpcLimits.proxyOnlyPrefix.source,
  *check(graph) {
    const first = new Map<NetworkKey, Map<string, Resource>>();
    for (const subnet of graph.all("google_compute_subnetwork")) {
      const purpose = subnet.string("purpose") ?? "";
      if (!/^(REGIONAL|GLOBAL)_MANAGED_PROXY$/.test(purpose) || subnet.string("role") !== "ACTIVE") continue;
      const key = networkKey(graph, subnet.get("network"), subnet);
      const region = graph.region(subnet);
      if (key === undefined || region === undefined) continue;
      const inNetwork = first.get(key) ?? new Map<string, Resource>();
      first.set(key, inNetwork);
      const other = inNetwork.get(`${purpose} ${region}`);
      if (other === undefined) inNetwork.set(`${purpose} ${region}`, subnet);
      else if (!mayExclude(other, subnet))
        for (const [resource, rival] of [
          [subnet, other],
          [other, subnet],
        ] as const)
          yield {
            resource,
            message: `it is an active ${purpose} subnet in ${region}, and so is ${rival.address} of the same network; rejected by the API: only one may be active.`,
          };
    }
  },
};
