import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address/index.js";
import { ServiceNetworkingConnection } from "@cdktf/provider-google/lib/service-networking-connection/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import type { Cidr } from "../platform/units.ts";
import { parseRange } from "../values/ranges.ts";

export interface PrivateServicesAccessProps {
  /** Name of the allocated range, which Cloud SQL and Redis reference; they take no CIDR. */
  readonly name: string;
  /** Network id or reference. One network has one such connection. */
  readonly network: string;
  /** Range allocated to Google; each service and region takes a /24 of it. */
  readonly range: Cidr;
}

/**
 * Allocates a range of the network to Google, in which Cloud SQL and Redis get their addresses.
 *
 *     allocated range -> service networking connection (peering) -> network
 *
 * A deleted Cloud SQL instance blocks the connection for up to days: a destroy fails until then, and must be repeated
 * (docs/deployment.md).
 *
 * @throws where the range is not an IPv4 CIDR
 */
export class PrivateServicesAccess extends AssertedConstruct {
  readonly connection: ServiceNetworkingConnection;

  constructor(scope: Construct, id: string, props: PrivateServicesAccessProps) {
    super(scope, id);
    const range = parseRange(props.range);
    if (range === undefined)
      throw new Error(`range "${props.range}" is no IPv4 range; write for example 10.10.0.0/16`);
    const allocated = new ComputeGlobalAddress(this, "Range", {
      name: props.name,
      network: props.network,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address: props.range.slice(0, props.range.indexOf("/")),
      prefixLength: range.prefix,
    });
    this.connection = new ServiceNetworkingConnection(this, "Resource", {
      network: props.network,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [allocated.name],
    });
  }
}
