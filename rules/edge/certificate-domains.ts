import { domainsOf } from "../../analysis/load-balancing/domains.ts";
import { elements } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { isSet } from "../../resources/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const AUTHORIZATION = ["google_certificate_manager_dns_authorization"];

/** Domains that a managed certificate can be issued for. */
export const certificateDomains: Rule = {
  id: "edge/certificate-domains",
  why: "A classic managed certificate has no wildcards, and Certificate Manager issues one only after a DNS authorization of its domain.",
  limit: "Certificate Manager: a DNS authorization for each domain, where there are any",
  fix: "Use google_certificate_manager_certificate with a google_certificate_manager_dns_authorization of the domain, through a certificate map.",
  source: loadBalancerLimits.managedCertificateDomains.source,
  *check(graph) {
    for (const certificate of graph.all("google_certificate_manager_certificate")) {
      const block = certificate.blocks("managed")[0];
      if (block === undefined || isSet(block, "issuance_config")) continue;
      const list = elements(block.get("dns_authorizations")) ?? [];
      const authorized = list.map((value) =>
        follow(graph, value, AUTHORIZATION, certificate)?.string("domain"),
      );
      if (authorized.length === 0 || authorized.includes(undefined)) continue;
      for (const domain of domainsOf(certificate, "managed.domains")) {
        const wanted = domain.replace(/^\*\./, "");
        if (authorized.includes(wanted)) continue;
        yield {
          resource: certificate,
          message: `managed.domains contains "${domain}" and dns_authorizations are for ${authorized.join(", ")}; fails at run time: the certificate is never issued.`,
          fix: `Add a google_certificate_manager_dns_authorization of "${wanted}" to dns_authorizations.`,
        };
      }
    }
  },
};
