import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import type { Cidr } from "../platform/units.ts";

export interface DirectEgressSubnetProps {
  readonly name: string;
  /** Network id, "projects/p/global/networks/n" or a reference. */
  readonly network: string;
  /** Region of the services that use it. */
  readonly region: string;
  /**
   * A /26 or larger: Cloud Run takes two addresses for each instance, in blocks of 16, and keeps those of the
   * old revision during a rollout (https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc).
   */
  readonly range: Cidr;
}

/**
 * The subnet in which Cloud Run instances with Direct VPC egress get their addresses.
 *
 *     Cloud Run service -> network interface -> subnet -> network
 *
 * Google releases it one to two hours after the last instance: a destroy fails until then, and must be repeated.
 */
export class DirectEgressSubnet extends AssertedConstruct {
  readonly resource: ComputeSubnetwork;

  constructor(scope: Construct, id: string, props: DirectEgressSubnetProps) {
    super(scope, id);
    this.resource = new ComputeSubnetwork(this, "Resource", {
      name: props.name,
      network: props.network,
      region: props.region,
      ipCidrRange: props.range,
      // Google APIs stay reachable for traffic that is routed into the network.
      privateIpGoogleAccess: true,
    });
  }
}
