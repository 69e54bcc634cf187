import { CertificateManagerCertificate } from "@cdktf/provider-google/lib/certificate-manager-certificate/index.js";
import { CertificateManagerCertificateMap } from "@cdktf/provider-google/lib/certificate-manager-certificate-map/index.js";
import { CertificateManagerCertificateMapEntry } from "@cdktf/provider-google/lib/certificate-manager-certificate-map-entry/index.js";
import { CertificateManagerDnsAuthorization } from "@cdktf/provider-google/lib/certificate-manager-dns-authorization/index.js";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";

export interface WildcardCertificateProps {
  /** Name of its own map, and prefix of the authorization and the certificate, which add the domain. */
  readonly name: string;
  /** "example.com": the certificate covers it and *.example.com. */
  readonly domain: string;
  /**
   * Map of another certificate, in which this one is shown to clients that ask for its names.
   * @default a map of its own, in which it is shown to every client that no other entry matches
   */
  readonly map?: CertificateManagerCertificateMap;
}

/**
 * A Google-managed certificate for a domain and its wildcard. A classic managed certificate has no wildcards, so
 * this one is in Certificate Manager, authorized through DNS.
 *
 *     DNS record (CNAME) -> authorization -> certificate -> map entry -> map -> target HTTPS proxy
 */
export class WildcardCertificate extends AssertedConstruct {
  readonly map: CertificateManagerCertificateMap;
  readonly authorization: CertificateManagerDnsAuthorization;

  constructor(scope: Construct, id: string, props: WildcardCertificateProps) {
    super(scope, id);
    // A change of the domain creates another certificate, which must be in the map before the old one is deleted.
    const owned = {
      name: `${props.name}-${withHyphens(props.domain)}`,
      lifecycle: { createBeforeDestroy: true },
    };
    this.authorization = new CertificateManagerDnsAuthorization(this, "Authorization", {
      ...owned,
      domain: props.domain,
      // A record for this project, so that several environments can authorize the same domain.
      type: "PER_PROJECT_RECORD",
    });
    const certificate = new CertificateManagerCertificate(this, "Resource", {
      ...owned,
      managed: { domains: [props.domain, `*.${props.domain}`], dnsAuthorizations: [this.authorization.id] },
    });
    if (props.map !== undefined) {
      this.map = props.map;
      for (const [id, suffix, hostname] of [
        ["Domain", "", props.domain],
        ["Names", "-names", `*.${props.domain}`],
      ] as const)
        new CertificateManagerCertificateMapEntry(this, `Entry-${id}`, {
          name: `${owned.name}${suffix}`,
          map: props.map.name,
          hostname,
          certificates: [certificate.id],
        });
      return;
    }
    this.map = new CertificateManagerCertificateMap(this, "Map", { name: props.name });
    new CertificateManagerCertificateMapEntry(this, "Entry", {
      name: props.name,
      map: this.map.name,
      matcher: "PRIMARY",
      certificates: [certificate.id],
    });
  }
}

function withHyphens(domain: string): string {
  return Token.isUnresolved(domain) ? Fn.replace(domain, ".", "-") : domain.replaceAll(".", "-");
}
