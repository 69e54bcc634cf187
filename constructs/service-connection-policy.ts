import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork/index.js";
import { NetworkConnectivityServiceConnectionPolicy } from "@cdktf/provider-google/lib/network-connectivity-service-connection-policy/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import type { Cidr } from "../platform/units.ts";

export interface ServiceConnectionPolicyProps {
  /** Name of the policy. */
  readonly name: string;
  /** Name of the subnet that the endpoints take their addresses from. */
  readonly subnetName: string;
  /** Network id, "projects/p/global/networks/n" or a reference. */
  readonly network: string;
  /** Region of the instances. */
  readonly region: string;
  /** Range of the subnet, /29 or larger: an instance of Valkey takes 2 addresses. */
  readonly range: Cidr;
  /** Whose endpoints: "gcp-memorystore" of Valkey, "gcp-memorystore-redis" of Redis Cluster. @default "gcp-memorystore" */
  readonly serviceClass?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Lets Memorystore create the endpoints of its instances in a subnet of the network (Private Service Connect). A network
 * has one policy for each region and service class; the instances wait for it.
 * https://docs.cloud.google.com/memorystore/docs/valkey/networking
 *
 *     instance -> policy -> subnet -> network
 */
export class ServiceConnectionPolicy extends AssertedConstruct {
  readonly resource: NetworkConnectivityServiceConnectionPolicy;

  constructor(scope: Construct, id: string, props: ServiceConnectionPolicyProps) {
    super(scope, id);
    const subnet = new ComputeSubnetwork(this, "Subnet", {
      name: props.subnetName,
      network: props.network,
      region: props.region,
      ipCidrRange: props.range,
      privateIpGoogleAccess: true,
    });
    this.resource = new NetworkConnectivityServiceConnectionPolicy(this, "Resource", {
      name: props.name,
      location: props.region,
      network: props.network,
      serviceClass: props.serviceClass ?? "gcp-memorystore",
      pscConfig: { subnetworks: [subnet.id] },
      labels: { ...props.labels },
    });
  }
}
