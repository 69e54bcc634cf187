import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { domainsOf, wildcardOf } from "./domains.ts";
import { elements, type FrontEnd, follow, frontEnds, isHttps } from "./load-balancer.ts";

const ADDRESS_TYPES = ["google_compute_global_address", "google_compute_address"] as const;

/** The name that a certificate is for leads to the load balancer that shows it. */
export const dnsRecord: Rule = {
  id: "edge/dns-record",
  why: "A record that leads to another address sends visitors elsewhere, and a managed certificate for the name is never issued.",
  limit: "A and AAAA records of certificate domains hold the address of the forwarding rule",
  fix: "Refer to the address that the forwarding rule uses.",
  source:
    "https://docs.cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs#update-dns",
  example: `resource "google_dns_record_set" "api" {
  name    = "api.example.com."
  rrdatas = [google_compute_global_address.old.address]
}`,
  *check(graph) {
    const fronts = frontEnds(graph);
    const shownBy = frontsByDomain(graph, fronts);
    const inUse = new Set(fronts.map(({ rule }) => addressOf(graph, rule)));
    for (const record of graph.all("google_dns_record_set")) {
      yield* family(graph, record);
      const name = record.string("name")?.replace(/\.$/, "").toLowerCase();
      const data = elements(record.get("rrdatas"));
      if (name === undefined || !/^A{1,4}$/.test(record.string("type") ?? "") || data === undefined) continue;
      const rule = shownBy.get(name) ?? shownBy.get(wildcardOf(name));
      const right = rule === undefined ? undefined : addressOf(graph, rule);
      if (rule === undefined || right === undefined) continue;
      const literals = [...inUse].map((each) => each?.string("address"));
      for (const value of data) {
        if (typeof value === "string" && !literals.includes(undefined) && !literals.includes(value))
          yield {
            resource: record,
            severity: "error",
            message: `"${name}" leads to ${value}, but its certificate is shown at ${right.address} (${right.string("address")}) by ${rule.address}: breaks at run time, nothing answers there.`,
          };
        // A literal is an address, never the name of one.
        const wrong = typeof value === "string" ? undefined : follow(graph, value, ADDRESS_TYPES, record);
        if (wrong === undefined || wrong === right || inUse.has(wrong)) continue;
        yield {
          resource: record,
          severity: "error",
          message: `"${name}" leads to ${wrong.address}, but its certificate is shown at ${right.address} by ${rule.address}: breaks at run time, nothing answers there.`,
        };
      }
    }
  },
};

/** Data of a record is of the kind that its type says. */
function* family(graph: Graph, record: Resource): Iterable<Verdict> {
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
      severity: "error",
      message: `the ${type} record holds ${address?.address ?? JSON.stringify(value)}, ${what}: refused at apply.`,
      fix: `Set type to ${kind}.`,
    };
  }
}

/** The forwarding rule behind which a managed certificate for the domain is shown. */
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
