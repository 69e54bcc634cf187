import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address/index.js";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router/index.js";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { natPorts } from "../platform/network/nat-ports.ts";
import { range } from "../resources/index.ts";
import { protectedFromDestroy } from "./protection.ts";

export interface CloudNatProps {
  readonly name: string;
  readonly routerName: string;
  /** Network id or reference. */
  readonly network: string;
  /** Region of the subnets that it translates for. */
  readonly region: string;
  /** Static external addresses, at least 1; each carries 64,512 ports. Known at synth, because each is a resource. */
  readonly addresses: number;
  /** Name of the address at a position, counted from 1. @default "<name>-1", "<name>-2" ... */
  readonly addressName?: (position: number) => string;
  /** Terraform refuses to release the addresses, which may be on allow lists of others. @default false */
  readonly protection?: boolean;
}

/**
 * Internet access for traffic that is routed through the network (egress ALL_TRAFFIC), from static addresses that
 * others can put on an allow list.
 *
 *     static addresses -> NAT -> router -> network
 *
 * All subnets are covered, because a connector's /28 is not a subnet that could be listed.
 */
export class CloudNat extends AssertedConstruct {
  readonly addresses: readonly ComputeAddress[];

  constructor(scope: Construct, id: string, props: CloudNatProps) {
    super(scope, id);
    const { region, addressName = (position) => `${props.name}-${position}` } = props;
    const count = range("addresses", { low: 1, step: 1, because: "MANUAL_ONLY needs an address" });
    const isCount = this.isWithin(count, props.addresses);
    this.addresses = Array.from(
      { length: isCount ? props.addresses : 1 },
      (_, index) =>
        new ComputeAddress(this, `Address${index + 1}`, {
          name: addressName(index + 1),
          region,
          ...protectedFromDestroy(props.protection),
        }),
    );
    const router = new ComputeRouter(this, "Router", {
      name: props.routerName,
      network: props.network,
      region,
    });
    new ComputeRouterNat(this, "Resource", {
      name: props.name,
      router: router.name,
      region,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: this.addresses.map((address) => address.selfLink),
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      // Ports follow the load of an instance; dynamic allocation excludes endpoint-independent mapping.
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: natPorts.minimum,
      maxPortsPerVm: natPorts.maximum,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  }
}
