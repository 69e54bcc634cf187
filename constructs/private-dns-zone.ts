import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone/index.js";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";

export interface PrivateDnsZoneProps {
  readonly name: string;
  /** Domain without the trailing dot: "staging.internal". */
  readonly domain: string;
  /** Network id; a private zone that is attached to no network answers no queries. */
  readonly network: string;
  /** Host label -> IPv4 address, which may be a reference that is known after apply. */
  readonly records: Readonly<Record<string, string>>;
}

/** Seconds; short, because a rebuilt Redis or database gets a new address. */
const TTL = 60;

/**
 * Names for addresses that are known after apply, so that no stack reads another one's state. A client reports a
 * missing name as "Error -3", as in incident I-2.
 *
 *     record -> zone -> network
 */
export class PrivateDnsZone extends AssertedConstruct {
  constructor(scope: Construct, id: string, props: PrivateDnsZoneProps) {
    super(scope, id);
    const zone = new DnsManagedZone(this, "Resource", {
      name: props.name,
      dnsName: `${props.domain}.`,
      description: `Private names of ${props.domain}`,
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: props.network }] },
    });
    for (const [label, address] of this.entries("records", props.records)) {
      new DnsRecordSet(this, `Record-${label}`, {
        managedZone: zone.name,
        name: `${label}.${props.domain}.`,
        type: "A",
        ttl: TTL,
        rrdatas: [address],
      });
    }
  }
}
