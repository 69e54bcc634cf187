import { allKnown, domainsOf, isCovered, parentOf } from "../../analysis/load-balancing/domains.ts";
import { elements, httpsProxyTypes, urlMapTypes } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { URL_MAP_DOC } from "./sources.ts";

/** Every host that the URL map routes is named in a certificate of the proxy. */
export const certificateCoverage: Rule = {
  id: "edge/certificate-coverage",
  why: "A host that no certificate of the proxy names is routed, but browsers reject the connection: the certificate is for other names.",
  limit: "each host of the URL map in a domain of a certificate; a wildcard covers one label",
  fix: "Add the host to the certificate, or correct it in the URL map.",
  source: URL_MAP_DOC,
  *check(graph) {
    const certified = new Map<Resource, Resource[]>();
    const unread = new Set<Resource>();
    for (const proxy of graph.all(...httpsProxyTypes)) {
      const map = follow(graph, proxy.get("url_map"), urlMapTypes, proxy);
      const certificates = certificatesOf(graph, proxy);
      if (map === undefined) continue;
      if (certificates === undefined) unread.add(map);
      else certified.set(map, [...(certified.get(map) ?? []), ...certificates]);
    }
    for (const [map, certificates] of certified) if (!unread.has(map)) yield* uncovered(map, certificates);
  },
};

/** Several proxies may use a map: one certificate among them all is enough. */
function* uncovered(map: Resource, certificates: readonly Resource[]): Iterable<Violation> {
  const domains = new Set(certificates.flatMap((certificate) => domainsOf(certificate, "managed.domains")));
  const parents = new Set([...domains].map(parentOf));
  for (const host of hostsOf(map)) {
    if (isCovered(domains, host)) continue;
    // A host of another domain altogether is a leftover of an example rather than an address in use.
    const severity = parents.has(parentOf(host)) ? "error" : "warning";
    const message = `${map.address} routes "${host}" and its certificates are for ${[...domains].join(", ")}; fails at run time: browsers reject the certificate.`;
    for (const resource of [...certificates.slice(0, 1), map]) yield { resource, severity, message };
  }
}

/** The certificates of a proxy where all are managed and all their domains are known; undefined otherwise. */
function certificatesOf(graph: Graph, proxy: Resource): Resource[] | undefined {
  if (isSet(proxy, "certificate_map") || isSet(proxy, "certificate_manager_certificates")) return undefined;
  const list = elements(proxy.get("ssl_certificates"));
  if (list === undefined || list.length === 0) return undefined;
  const found = list.map((value) => follow(graph, value, ["google_compute_managed_ssl_certificate"], proxy));
  const known = found.filter((certificate): certificate is Resource => certificate !== undefined);
  return known.length === found.length &&
    known.every((certificate) => allKnown(certificate, "managed.domains"))
    ? known
    : undefined;
}

/** Full names only: which names a wildcard routes is not known. */
function hostsOf(map: Resource): string[] {
  const hosts = map.blocks("host_rule").flatMap((rule) => {
    const list = rule.get("hosts");
    return Array.isArray(list) ? list.filter((host): host is string => typeof host === "string") : [];
  });
  return [...new Set(hosts.map((host) => host.toLowerCase()))].filter((host) =>
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host),
  );
}
