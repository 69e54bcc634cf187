import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address/index.js";
import { ServiceNetworkingConnection } from "@cdktf/provider-google/lib/service-networking-connection/index.js";
import { Fn, Token } from "cdktf";
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
 */
export class PrivateServicesAccess extends AssertedConstruct {
  readonly connection: ServiceNetworkingConnection;

  constructor(scope: Construct, id: string, props: PrivateServicesAccessProps) {
    super(scope, id);
    const allocated = new ComputeGlobalAddress(this, "Range", {
      name: props.name,
      network: props.network,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      ...this.allocation(props.range),
    });
    this.connection = new ServiceNetworkingConnection(this, "Resource", {
      network: props.network,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [allocated.name],
    });
  }

  /** The API takes address and prefix length apart; a range that is known only at apply Terraform takes apart. */
  private allocation(range: Cidr): { readonly address?: string; readonly prefixLength: number } {
    if (Token.isUnresolved(range)) {
      const prefixLength = Token.asNumber(Fn.tonumber(Fn.element(Fn.split("/", range), 1)));
      return { address: Fn.cidrhost(range, 0), prefixLength };
    }
    const parsed = parseRange(range);
    if (parsed !== undefined)
      return { address: range.slice(0, range.indexOf("/")), prefixLength: parsed.prefix };
    this.refuse(
      `range "${range}"; rejected at plan: it must be an IPv4 range in CIDR form. Fix: Write for example 10.10.0.0/16.`,
    );
    return { prefixLength: 16 };
  }
}
