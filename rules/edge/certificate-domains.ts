import type { Graph, Resource, Value } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { domainsOf } from "./domains.ts";
import { elements, follow, isAbsent } from "./load-balancer.ts";

/** Domains that a managed certificate can be issued for. */
export const certificateDomains: Rule = {
  id: "edge/certificate-domains",
  why: "A classic managed certificate takes no wildcard, and Certificate Manager issues one only after a DNS authorization of its domain.",
  limit: `classic: 1 to ${loadBalancerLimits.managedCertificateDomains.value} full names, no wildcard; Certificate Manager: a wildcard needs dns_authorizations`,
  fix: "Use google_certificate_manager_certificate with a google_certificate_manager_dns_authorization of the bare domain, through a certificate map.",
  source: loadBalancerLimits.managedCertificateDomains.source,
  example: `resource "google_compute_managed_ssl_certificate" "edge" {
  managed { domains = ["*.example.com"] }
}`,
  *check(graph) {
    for (const certificate of graph.all("google_compute_managed_ssl_certificate"))
      yield* classic(certificate);
    for (const certificate of graph.all("google_certificate_manager_certificate"))
      yield* managed(graph, certificate);
    for (const authorization of graph.all("google_certificate_manager_dns_authorization")) {
      const domain = authorization.string("domain");
      if (domain === undefined || !domain.startsWith("*.")) continue;
      yield {
        resource: authorization,
        severity: "error",
        message: `domain is "${domain}": refused at apply, an authorization names the domain itself and covers its wildcard too.`,
        fix: `Write "${domain.slice(2)}".`,
      };
    }
  },
};

function* classic(certificate: Resource): Iterable<Verdict> {
  const domains = domainsOf(certificate, "managed.domains");
  const most = loadBalancerLimits.managedCertificateDomains.value;
  if (domains.length > most)
    yield {
      resource: certificate,
      severity: "error",
      message: `the certificate names ${domains.length} domains, above ${most}: refused at plan.`,
      fix: "Spread the domains over several certificates.",
    };
  if (certificate.blocks("managed").some((managed) => isAbsent(managed, "domains")))
    yield {
      resource: certificate,
      // A module may leave them to whoever calls it.
      severity: "warning",
      message: "the certificate names no domain: refused at apply.",
      fix: "Name the hosts of the URL map in managed.domains.",
    };
  for (const domain of domains) {
    if (domain.includes("*"))
      yield {
        resource: certificate,
        severity: "error",
        message: `"${domain}" is a wildcard: refused at apply, a classic managed certificate takes full names only.`,
      };
    else if (!isDomain(domain))
      yield {
        resource: certificate,
        severity: "error",
        message: `"${domain}" is not a domain name: refused at apply.`,
        fix: 'Write the bare name, for example "api.example.com".',
      };
  }
}

function isDomain(domain: string): boolean {
  return /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(domain);
}

function* managed(graph: Graph, certificate: Resource): Iterable<Verdict> {
  const block = certificate.blocks("managed")[0];
  if (block === undefined || !isAbsent(block, "issuance_config")) return;
  const wildcard = domainsOf(certificate, "managed.domains").find((domain) => domain.startsWith("*."));
  if (isAbsent(block, "dns_authorizations")) {
    if (wildcard !== undefined)
      yield {
        resource: certificate,
        severity: "error",
        message: `"${wildcard}" is a wildcard without dns_authorizations: refused at apply, load balancer authorization covers full names only.`,
        fix: "Add a google_certificate_manager_dns_authorization of the bare domain to dns_authorizations.",
      };
    return;
  }
  yield* authorized(graph, certificate, elements(block.get("dns_authorizations")));
}

function* authorized(
  graph: Graph,
  certificate: Resource,
  list: readonly Value[] | undefined,
): Iterable<Verdict> {
  if (list === undefined) return;
  const types = ["google_certificate_manager_dns_authorization"];
  const found = list.map((value) => follow(graph, value, types, certificate)?.string("domain"));
  if (found.some((domain) => domain === undefined)) return;
  for (const domain of domainsOf(certificate, "managed.domains")) {
    if (found.includes(domain.replace(/^\*\./, ""))) continue;
    yield {
      resource: certificate,
      severity: "error",
      message: `"${domain}" has no DNS authorization, those listed are for ${found.join(", ")}: breaks at run time, the certificate is never issued.`,
      fix: `Add an authorization of ${domain.replace(/^\*\./, "")} to dns_authorizations.`,
    };
  }
}
