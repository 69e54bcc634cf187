import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { protectedFromDestroy } from "./protection.ts";

export interface VpcNetworkProps {
  /** Name of the network, unique in the project. */
  readonly name: string;
  /** Routes that a VPN or an Interconnect brings hold in all regions. @default false: in that of its Cloud Router */
  readonly globalRoutes?: boolean;
  /** Terraform refuses to delete it, and with it the whole stack. @default false */
  readonly protection?: boolean;
}

/**
 * A custom-mode VPC network: an auto-mode network uses 10.128.0.0/9, which a connector or an allocated range could
 * overlap. The default route stays, because Cloud NAT needs it.
 *
 *     network <- subnets, connector, private services access, firewall, router
 */
export class VpcNetwork extends AssertedConstruct {
  readonly resource: ComputeNetwork;

  constructor(scope: Construct, id: string, props: VpcNetworkProps) {
    super(scope, id);
    this.resource = new ComputeNetwork(this, "Resource", {
      name: props.name,
      autoCreateSubnetworks: false,
      routingMode: props.globalRoutes === true ? "GLOBAL" : "REGIONAL",
      deleteDefaultRoutesOnCreate: false,
      ...protectedFromDestroy(props.protection),
    });
  }
}
