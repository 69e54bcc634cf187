import type { Construct } from "constructs";
import { CloudNat } from "../constructs/cloud-nat.ts";
import { DirectEgressSubnet } from "../constructs/direct-egress-subnet.ts";
import { addConnectors } from "./connectors.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/**
 * The part of the network in a further region: subnet, connector and Cloud NAT. Network, firewall, private services and DNS are
 * global, and those of the stack network.
 */
export class RegionNetworkStack extends PlatformStack {
  constructor(scope: Construct, plan: StackPlan<"protection" | "network" | "natAddresses">) {
    super(scope, plan, "network");
    const { region, protection, natAddresses } = plan;
    const { addresses } = plan.network;
    const common = { network: this.names.networkId, region };
    if (natAddresses > 0) {
      new CloudNat(this, "nat", {
        ...common,
        name: this.names.nat,
        routerName: this.names.router,
        addresses: natAddresses,
        addressName: this.names.natAddress,
        protection,
      });
    }
    if (addresses.directEgress !== undefined) {
      new DirectEgressSubnet(this, "direct-egress", {
        ...common,
        name: this.names.directEgress,
        range: addresses.directEgress,
      });
    }
    addConnectors(this, plan, this.names.networkId);
  }
}
