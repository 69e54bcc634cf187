import { domainsOf, wildcardOf } from "../../analysis/load-balancing/domains.ts";
import { elements, type FrontEnd, frontEnds, isHttps } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const ADDRESS_TYPES = ["google_compute_global_address", "google_compute_address"] as const;

/** The name of a certificate resolves to the load balancer that has the certificate. */
export const dnsRecord: Rule = {
  id: "edge/dns-record",
  why: "A record with another address sends clients elsewhere, and a managed certificate for the name is never issued.",
  limit: "A and AAAA records of certificate domains hold the address of the forwarding rule",
  fix: "Refer to the address that the forwarding rule uses.",
  source:
    "https://docs.cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs#update-dns",
  *check(graph) {
    const fronts = frontEnds(graph);
    const byDomain = frontsByDomain(graph, fronts);
    const inUse = new Set(fronts.map(({ rule }) => addressOf(graph, rule)));
    for (const record of graph.all("google_dns_record_set")) {
      yield* family(graph, record);
      const name = record.string("name")?.replace(/\.$/, "").toLowerCase();
      const data = elements(record.get("rrdatas"));
      if (name === undefined || !/^A{1,4}$/.test(record.string("type") ?? "") || data === undefined) continue;
      const rule = byDomain.get(name) ?? byDomain.get(wildcardOf(name));
      const right = rule === undefined ? undefined : addressOf(graph, rule);
      if (rule === undefined || right === undefined) continue;
      const literals = [...inUse].map((each) => each?.string("address"));
      for (const value of data) {
        if (typeof value === "string" && !literals.includes(undefined) && !literals.includes(value))
          yield {
            resource: record,
            message: `rrdatas of "${name}" contains ${value} and its certificate is at ${right.address} (${right.string("address")}) of ${rule.address}; fails at run time: connections to that address time out.`,
          };
        const other = typeof value === "string" ? undefined : follow(graph, value, ADDRESS_TYPES, record);
        if (other === undefined || other === right || inUse.has(other)) continue;
        yield {
          resource: record,
          message: `rrdatas of "${name}" contains ${other.address} and its certificate is at ${right.address} of ${rule.address}; fails at run time: connections to that address time out.`,
        };
      }
    }
  },
};

/** The data of a record are of its type. */
function* family(graph: Graph, record: Resource): Iterable<Violation> {
  const type = record.string("type");
  if (type !== "A" && type !== "AAAA" && type !== "CNAME") return;
  for (const value of elements(record.get("rrdatas")) ?? []) {
    const address = typeof value === "string" ? undefined : follow(graph, value, ADDRESS_TYPES, record);
    const version = address?.get("ip_version");
    if (isUnknown(version)) continue;
    const kind =
      typeof value === "string"
        ? /^\d+(\.\d+){3}$/.test(value)
          ? "A"
          : value.includes(":")
            ? "AAAA"
            : "CNAME"
        : address === undefined
          ? undefined
          : version === "IPV6"
            ? "AAAA"
            : "A";
    if (kind === undefined || kind === type) continue;
    const what = { A: "an IPv4 address", AAAA: "an IPv6 address", CNAME: "a name" }[kind];
    yield {
      resource: record,
      message: `rrdatas contains ${address?.address ?? JSON.stringify(value)}, ${what}, and type is ${type}; rejected by the API: the data are of another type.`,
      fix: `Set type = "${kind}".`,
    };
  }
}

/** By domain, the forwarding rule whose proxy has a managed certificate for it. */
function frontsByDomain(graph: Graph, fronts: readonly FrontEnd[]): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const { rule, proxy } of fronts) {
    if (proxy === undefined || !isHttps(proxy)) continue;
    for (const value of elements(proxy.get("ssl_certificates")) ?? []) {
      const certificate = follow(graph, value, ["google_compute_managed_ssl_certificate"], proxy);
      if (certificate === undefined) continue;
      for (const domain of domainsOf(certificate, "managed.domains"))
        found.set(domain, found.get(domain) ?? rule);
    }
  }
  return found;
}

function addressOf(graph: Graph, rule: Resource): Resource | undefined {
  return follow(graph, rule.get("ip_address"), ADDRESS_TYPES, rule);
}
