import type { Construct } from "constructs";
import { CloudNat } from "../constructs/cloud-nat.ts";
import { dependOn } from "../constructs/depend-on.ts";
import { DirectEgressSubnet } from "../constructs/direct-egress-subnet.ts";
import { EgressFirewall } from "../constructs/egress-firewall.ts";
import { GoogleAccessZone } from "../constructs/google-access-zone.ts";
import { PrivateServicesAccess } from "../constructs/private-services-access.ts";
import { ServiceConnectionPolicy } from "../constructs/service-connection-policy.ts";
import { VpcNetwork } from "../constructs/vpc-network.ts";
import { hasInternalCalls } from "../platform/edge/service-address.ts";
import { needsGlobalRoutes } from "../platform/network/peered.ts";
import { addConnectors } from "./connectors.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** The network with its connection paths: connector, Direct VPC egress, Cloud NAT, private services, firewall. */
export class NetworkStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<"protection" | "network" | "regions" | "natAddresses" | "egressRules" | "services">,
  ) {
    super(scope, plan, "network");
    const { region, protection } = plan;
    const { addresses } = plan.network;
    const network = new VpcNetwork(this, "network", {
      name: this.names.network,
      globalRoutes: needsGlobalRoutes(plan),
      protection,
    }).resource.id;
    const firewall = new EgressFirewall(this, "firewall", {
      prefix: this.names.firewall,
      network,
      allow: plan.egressRules,
      connector: [plan.network, ...(plan.regions ?? [])].some((place) => place.connector !== undefined),
    });
    if (addresses.privateServices !== undefined) {
      new PrivateServicesAccess(this, "private-services", {
        name: this.names.privateServices,
        network,
        range: addresses.privateServices,
      });
    }
    if (addresses.privateServiceConnect !== undefined) {
      new ServiceConnectionPolicy(this, "private-service-connect", {
        name: this.names.serviceConnectionPolicy,
        subnetName: this.names.privateServiceConnect,
        network,
        region,
        range: addresses.privateServiceConnect,
        labels: plan.labels,
      });
    }
    if (plan.natAddresses > 0) {
      new CloudNat(this, "nat", {
        name: this.names.nat,
        routerName: this.names.router,
        network,
        region,
        addresses: plan.natAddresses,
        addressName: this.names.natAddress,
        protection,
      });
    }
    if (hasInternalCalls(plan)) {
      new GoogleAccessZone(this, "run-app", { name: this.names.runAppZone, domain: "run.app", network });
    }
    if (addresses.directEgress !== undefined) {
      new DirectEgressSubnet(this, "direct-egress", {
        name: this.names.directEgress,
        network,
        region,
        range: addresses.directEgress,
      });
    }
    // Without its firewall rules a connector never becomes ready.
    for (const connector of addConnectors(this, plan, network)) dependOn(connector, firewall);
  }
}
