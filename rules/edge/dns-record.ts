import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import type { Rule } from "../rule.ts";
import { covers, domainsOf } from "./domains.ts";
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
    const fronts = frontEnds(graph).filter(({ proxy }) => isHttps(proxy));
    const inUse = new Set(frontEnds(graph).map(({ rule }) => addressOf(graph, rule)));
    for (const record of graph.all("google_dns_record_set")) {
      const name = record.string("name")?.replace(/\.$/, "").toLowerCase();
      const data = elements(record.get("rrdatas"));
      if (name === undefined || !/^A{1,4}$/.test(record.string("type") ?? "") || !Array.isArray(data))
        continue;
      const owner = fronts.find((front) => serves(graph, front, name));
      const right = owner === undefined ? undefined : addressOf(graph, owner.rule);
      if (owner === undefined || right === undefined) continue;
      for (const value of data) {
        // A short literal is an address, never the name of one.
        const wrong = typeof value === "string" ? undefined : follow(graph, value, ADDRESS_TYPES, record);
        if (wrong === undefined || wrong === right || inUse.has(wrong)) continue;
        yield {
          resource: record,
          severity: "error",
          message: `"${name}" leads to ${wrong.address}, but its certificate is shown at ${right.address} by ${owner.rule.address}: breaks at run time, nothing answers there.`,
        };
      }
    }
  },
};

function addressOf(graph: Graph, rule: Resource): Resource | undefined {
  return follow(graph, rule.get("ip_address"), ADDRESS_TYPES, rule);
}

function serves(graph: Graph, { proxy }: FrontEnd, name: string): boolean {
  const list = elements(proxy?.get("ssl_certificates"));
  if (proxy === undefined || list === undefined) return false;
  return list
    .map((value) => follow(graph, value, ["google_compute_managed_ssl_certificate"], proxy))
    .some(
      (certificate) =>
        certificate !== undefined &&
        domainsOf(certificate, "managed.domains").some((domain) => covers(domain, name)),
    );
}
