import type { Attributes } from "../../attributes.ts";
import { anything, custom, required, size } from "../../constraints/index.ts";
import { hostFault } from "../../host-names.ts";
import { loadBalancerLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";

const DOMAINS = "managed.domains";
const RULE = { id: "edge/certificate-domains", source: limits.managedCertificateDomains.source };

/** The known domains of a certificate, without a trailing dot. */
function domainsOf(certificate: Attributes): string[] {
  const list = certificate.get(DOMAINS);
  return (Array.isArray(list) ? list : [list])
    .filter((domain): domain is string => typeof domain === "string")
    .map((domain) => domain.replace(/\.$/, "").toLowerCase());
}

/** What a classic managed certificate is issued for. */
export const classicDomains: FieldRule = {
  ...RULE,
  constraints: [
    size(DOMAINS, "entries", {
      high: limits.managedCertificateDomains,
      outcome: "rejected at plan",
      fix: "Spread the domains over several certificates.",
    }),
    // A module may leave them to its caller.
    required(["domains"], {
      within: "managed",
      severity: "warning",
      because: "a certificate is for at least one domain",
      fix: 'Add the hosts of the URL map, for example domains = ["api.example.com"].',
    }),
    custom(`${DOMAINS}: full domain names, no wildcard`, function* (certificate) {
      for (const domain of domainsOf(certificate)) {
        const found = `${DOMAINS} contains "${domain}"`;
        if (domain.includes("*")) yield { found, because: "a classic managed certificate has no wildcards" };
        const fault = domain.includes("*") ? undefined : hostFault(domain);
        if (fault !== undefined) yield { found, ...fault };
      }
    }),
  ],
};

/** What Certificate Manager issues a certificate for without an authorization. */
export const authorizedWildcards: FieldRule = {
  ...RULE,
  constraints: [
    custom(
      `${DOMAINS}: a wildcard needs dns_authorizations`,
      function* (certificate) {
        const wildcard = domainsOf(certificate).find((domain) => domain.startsWith("*."));
        if (wildcard !== undefined)
          yield {
            found: `${DOMAINS} contains "${wildcard}" without dns_authorizations`,
            because: "load balancer authorization covers full domain names only",
            fix: `Add a google_certificate_manager_dns_authorization of "${wildcard.slice(2)}" to dns_authorizations.`,
          };
      },
      {
        when: {
          managed: [anything],
          "managed.issuance_config": [undefined],
          "managed.dns_authorizations": [undefined],
        },
      },
    ),
  ],
};

/** An authorization is for a domain and its wildcard. */
export const authorizationDomain: FieldRule = {
  ...RULE,
  constraints: [
    custom("domain: a full domain name, no wildcard", function* (authorization) {
      const domain = authorization.string("domain");
      if (domain?.startsWith("*.") === true)
        yield {
          found: `domain is "${domain}"`,
          because: "an authorization is for a domain, and covers its wildcard",
          fix: `Set domain = "${domain.slice(2)}".`,
        };
      const fault = domain === undefined || domain.startsWith("*.") ? undefined : hostFault(domain);
      if (fault !== undefined) yield { found: `domain is "${domain}"`, ...fault };
    }),
  ],
};
