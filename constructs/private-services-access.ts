import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address/index.js";
import { ServiceNetworkingConnection } from "@cdktf/provider-google/lib/service-networking-connection/index.js";
import { Construct } from "constructs";
import { parseRange } from "../platform/ranges.ts";
import type { Cidr } from "../platform/units.ts";

export interface PrivateServicesAccessProps {
  /** Name of the allocated range: what Cloud SQL and Redis name, never its CIDR. */
  readonly name: string;
  /** Network id or reference. One network has one such connection. */
  readonly network: string;
  /** Range handed to Google; each service and region takes a /24 of it. */
  readonly range: Cidr;
}

/**
 * Hands a range of the network to Google, in which Cloud SQL and Redis get their addresses.
 *
 *     allocated range -> service networking connection (peering) -> network
 *
 * A deleted Cloud SQL instance keeps the connection busy for up to days: a destroy that comes too early fails and
 * is repeated (docs/deployment.md).
 *
 * @throws where the range is no IPv4 CIDR: its address and prefix length could not be told apart
 */
export class PrivateServicesAccess extends Construct {
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
