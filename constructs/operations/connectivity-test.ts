import { NetworkManagementConnectivityTest } from "@cdktf/provider-google/lib/network-management-connectivity-test/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { exactlyOneOf } from "../../resources/index.ts";

export interface ConnectivityTestProps {
  readonly name: string;
  /** At most 512 characters. */
  readonly description: string;
  readonly project: string;
  /** Network id. */
  readonly network: string;
  /** Source address in the network. */
  readonly source: string;
  /** TCP port of the destination. */
  readonly port: number;
  /** projects/P/instances/I, projects/P/locations/L/instances/I, or an address. */
  readonly destination: {
    readonly cloudSqlInstance?: string;
    readonly redisInstance?: string;
    readonly ipAddress?: string;
  };
}

const DESTINATIONS = ["cloudSqlInstance", "redisInstance", "ipAddress"];

/**
 * Network Intelligence analyses routes and firewalls from an address to a server without sending a packet. The source
 * is an address, because a revision would change with every deployment.
 *
 *     address -> network (routes, firewall) -> Cloud SQL, Redis or the internet
 */
export class ConnectivityTest extends AssertedConstruct {
  readonly resource: NetworkManagementConnectivityTest;

  constructor(scope: Construct, id: string, props: ConnectivityTestProps) {
    super(scope, id);
    this.holds(exactlyOneOf(DESTINATIONS.map((name) => `destination.${name}`)), {
      destination: props.destination,
    });
    this.resource = new NetworkManagementConnectivityTest(this, "Resource", {
      name: props.name,
      description: props.description,
      protocol: "TCP",
      source: { ipAddress: props.source, network: props.network, projectId: props.project },
      destination: { ...props.destination, port: props.port },
    });
  }
}
