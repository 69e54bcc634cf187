import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone/index.js";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { googleAccessAddresses } from "../resources/limits.ts";

export interface GoogleAccessZoneProps {
  readonly name: string;
  /** Domain of Google without the trailing dot, for example "run.app". */
  readonly domain: string;
  /** Network id. */
  readonly network: string;
}

/**
 * Leads a domain of Google through Private Google Access, so that requests come from the network: an internal Cloud Run
 * service admits no others (https://docs.cloud.google.com/run/docs/securing/private-networking).
 *
 *     name -> 199.36.153.8/30 -> Private Google Access of the subnet
 */
export class GoogleAccessZone extends AssertedConstruct {
  constructor(scope: Construct, id: string, props: GoogleAccessZoneProps) {
    super(scope, id);
    const dnsName = `${props.domain}.`;
    const zone = new DnsManagedZone(this, "Resource", {
      name: props.name,
      dnsName,
      description: `${props.domain} through Private Google Access`,
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: props.network }] },
    });
    const common = { managedZone: zone.name, ttl: 300 };
    const rrdatas = [...googleAccessAddresses.value];
    new DnsRecordSet(this, "Record-Domain", { ...common, name: dnsName, type: "A", rrdatas });
    new DnsRecordSet(this, "Record-Names", {
      ...common,
      name: `*.${dnsName}`,
      type: "CNAME",
      rrdatas: [dnsName],
    });
  }
}
