import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { follow, frontEnds, isAbsent } from "./load-balancer.ts";

const MAP = ["google_certificate_manager_certificate_map"] as const;

/** A certificate map has entries, each for one host or for all others. */
export const certificateMap: Rule = {
  id: "edge/certificate-map",
  why: "A certificate map without entries has nothing to show: every TLS handshake fails, though the apply was fine.",
  limit:
    "at least one google_certificate_manager_certificate_map_entry, each with either hostname or matcher",
  fix: 'Add an entry for each host, or one with matcher = "PRIMARY".',
  source: "https://docs.cloud.google.com/certificate-manager/docs/maps",
  example: `resource "google_certificate_manager_certificate_map" "edge" {
  name = "edge"
} # no google_certificate_manager_certificate_map_entry`,
  *check(graph) {
    const entries = graph.all("google_certificate_manager_certificate_map_entry");
    for (const entry of entries) yield* form(entry);
    const filled = entries.map((entry) => follow(graph, entry.get("map"), MAP, entry));
    // An entry that cannot be followed may be of any map.
    if (filled.includes(undefined) || !graph.complete) return;
    for (const { proxy } of frontEnds(graph)) {
      const map = proxy === undefined ? undefined : shown(graph, proxy);
      if (proxy === undefined || map === undefined || filled.includes(map)) continue;
      for (const resource of [map, proxy])
        yield {
          resource,
          severity: "error",
          message: `no entry puts a certificate into ${map.address}, which ${proxy.address} uses: breaks at run time, no TLS handshake succeeds.`,
        };
    }
  },
};

function* form(entry: Resource): Iterable<Verdict> {
  const [host, matcher] = [!isAbsent(entry, "hostname"), !isAbsent(entry, "matcher")];
  if (host !== matcher || isUnknown(entry.get("hostname")) || isUnknown(entry.get("matcher"))) return;
  yield {
    resource: entry,
    severity: "error",
    message: `the entry has ${host ? "both hostname and matcher" : "neither hostname nor matcher"}: refused at plan, it is for one host or for all others.`,
    fix: "Keep one of them.",
  };
}

/** The map that a proxy shows, where an expression of the proxy refers to it. */
function shown(graph: Graph, proxy: Resource): Resource | undefined {
  if (isAbsent(proxy, "certificate_map")) return undefined;
  const found = [...proxy.dependencies]
    .map((address) => graph.at(address, proxy))
    .filter((each) => each?.type === MAP[0]);
  return found.length === 1 ? found[0] : undefined;
}
