import type { Attributes } from "../../attributes.ts";
import { anything, custom, required, size } from "../../constraints/index.ts";
import { loadBalancerLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";

const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;
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
        else if (!DOMAIN.test(domain))
          yield {
            found,
            because: "it is not a domain name",
            fix: 'Write the domain name alone, for example "api.example.com".',
          };
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
    custom("domain: no wildcard", function* (authorization) {
      const domain = authorization.string("domain");
      if (domain?.startsWith("*.") === true)
        yield {
          found: `domain is "${domain}"`,
          because: "an authorization is for a domain, and covers its wildcard",
          fix: `Set domain = "${domain.slice(2)}".`,
        };
    }),
  ],
};
