import { CertificateManagerCertificate } from "@cdktf/provider-google/lib/certificate-manager-certificate/index.js";
import { CertificateManagerCertificateMap } from "@cdktf/provider-google/lib/certificate-manager-certificate-map/index.js";
import { CertificateManagerCertificateMapEntry } from "@cdktf/provider-google/lib/certificate-manager-certificate-map-entry/index.js";
import { CertificateManagerDnsAuthorization } from "@cdktf/provider-google/lib/certificate-manager-dns-authorization/index.js";
import { Construct } from "constructs";

export interface WildcardCertificateProps {
  /** Name of authorization, certificate and map. */
  readonly name: string;
  /** "example.com": the certificate covers it and *.example.com. */
  readonly domain: string;
}

/**
 * A Google-managed certificate for a domain and its wildcard. A classic managed certificate takes no wildcard, so
 * this one is Certificate Manager's, proven through DNS.
 *
 *     DNS record (CNAME) -> authorization -> certificate -> map entry -> map -> target HTTPS proxy
 */
export class WildcardCertificate extends Construct {
  readonly map: CertificateManagerCertificateMap;
  readonly authorization: CertificateManagerDnsAuthorization;

  constructor(scope: Construct, id: string, props: WildcardCertificateProps) {
    super(scope, id);
    this.authorization = new CertificateManagerDnsAuthorization(this, "Authorization", {
      name: props.name,
      domain: props.domain,
      // A record of this project's own, so that several environments can prove the same domain.
      type: "PER_PROJECT_RECORD",
    });
    const certificate = new CertificateManagerCertificate(this, "Resource", {
      name: props.name,
      managed: { domains: [props.domain, `*.${props.domain}`], dnsAuthorizations: [this.authorization.id] },
    });
    this.map = new CertificateManagerCertificateMap(this, "Map", { name: props.name });
    new CertificateManagerCertificateMapEntry(this, "Entry", {
      name: props.name,
      map: this.map.name,
      matcher: "PRIMARY",
      certificates: [certificate.id],
    });
  }
}
