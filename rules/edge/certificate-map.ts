import { frontEnds } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

const MAP = ["google_certificate_manager_certificate_map"] as const;

/** A certificate map has entries, each for one host or for all others. */
export const certificateMap: Rule = {
  id: "edge/certificate-map",
  why: "A certificate map without entries holds no certificate: the apply succeeds and every TLS handshake fails.",
  limit: "at least one google_certificate_manager_certificate_map_entry in a map that a proxy uses",
  fix: 'Add an entry for each host, or one with matcher = "PRIMARY".',
  source: "https://docs.cloud.google.com/certificate-manager/docs/maps",
  *check(graph) {
    const entries = graph.all("google_certificate_manager_certificate_map_entry");
    const filled = entries.map((entry) => follow(graph, entry.get("map"), MAP, entry));
    // An entry that cannot be followed may be of any map.
    if (filled.includes(undefined) || !graph.complete) return;
    for (const { proxy } of frontEnds(graph)) {
      const map = proxy === undefined ? undefined : mapOf(graph, proxy);
      if (proxy === undefined || map === undefined || filled.includes(map)) continue;
      for (const resource of [map, proxy])
        yield {
          resource,
          message: `${map.address}, the certificate_map of ${proxy.address}, has no entry; fails at run time: no TLS handshake succeeds.`,
        };
    }
  },
};

/** The map that a proxy uses, where an expression of the proxy refers to it. */
function mapOf(graph: Graph, proxy: Resource): Resource | undefined {
  if (!isSet(proxy, "certificate_map")) return undefined;
  const found = [...proxy.dependencies]
    .map((address) => graph.at(address, proxy))
    .filter((each) => each?.type === MAP[0]);
  return found.length === 1 ? found[0] : undefined;
}
