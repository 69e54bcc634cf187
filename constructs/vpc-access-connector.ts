import { VpcAccessConnector as Connector } from "@cdktf/provider-google/lib/vpc-access-connector/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import type { Cidr } from "../platform/units.ts";

export interface VpcAccessConnectorProps {
  /** 2 to 25 lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Network id or reference; the range then becomes the connector's own. */
  readonly network?: string;
  /** A /28 that nothing else uses, in place of network: the only way into a network of another project. */
  readonly subnet?: { readonly name: string; readonly project: string } | undefined;
  /** Same region as the services that use it. */
  readonly region: string;
  /** A free /28 of its own, or that of the subnet. */
  readonly range: Cidr;
  readonly machineType: "f1-micro" | "e2-micro" | "e2-standard-4";
  /** 2 to 9. */
  readonly minInstances: number;
  /** 3 to 10. Lowering it replaces the connector; its services have no network meanwhile. */
  readonly maxInstances: number;
}

/**
 * Serverless VPC Access connector: a small fleet of machines that carries Cloud Run's traffic into the network.
 *
 *     Cloud Run service -> connector -> network
 *
 * Minimum and maximum are always set, because Google rejects a connector without a maximum.
 */
export class VpcAccessConnector extends AssertedConstruct {
  readonly resource: Connector;

  constructor(scope: Construct, id: string, props: VpcAccessConnectorProps) {
    super(scope, id);
    const { minInstances, maxInstances } = props;
    this.nonZero({ minInstances, maxInstances });
    this.resource = new Connector(this, "Resource", {
      name: props.name,
      ...(props.subnet === undefined
        ? { ...(props.network === undefined ? {} : { network: props.network }), ipCidrRange: props.range }
        : { subnet: { name: props.subnet.name, projectId: props.subnet.project } }),
      region: props.region,
      machineType: props.machineType,
      minInstances,
      maxInstances,
    });
  }
}
