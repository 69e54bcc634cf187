import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { CONNECTOR_TAG, connectorFirewall } from "../platform/network/connector-firewall.ts";
import { size } from "../resources/index.ts";

/** Traffic that may leave the network. */
export interface EgressAllowance {
  /** Suffix of the rule's name: "postgres". */
  readonly name: string;
  readonly protocol: "tcp" | "udp";
  /** Ports or port ranges, "5432" or "8000-8100". */
  readonly ports: readonly string[];
  /** Destinations in CIDR form. */
  readonly ranges: readonly string[];
}

export interface EgressFirewallProps {
  /** Prefix of every rule's name. */
  readonly prefix: string;
  /** Network id or reference. */
  readonly network: string;
  /** Allowed egress; everything else is denied and logged. */
  readonly allow: readonly EgressAllowance[];
  /** Allow the traffic that a Serverless VPC Access connector needs to become ready and to forward. @default false */
  readonly connector?: boolean;
}

/** What Google reads an empty list as. */
const EMPTY_LISTS = {
  ports: "it would allow every port",
  ranges: "it would allow every destination",
} as const;
const WIDE_OPEN = {
  low: 1,
  outcome: "fails at run time",
  fix: "Add what the services use, or remove the allowance.",
} as const;

const DENY_PRIORITY = 65000;
const ALLOW_PRIORITY = 1000;

/**
 * Denies all egress except what the plan allows. In incident I-2 the rule for Redis was missing without any error;
 * these rules come from the same numbers as the services.
 *
 *     allow (1000) > deny all (65000) > Google's implied allow (65535)
 */
export class EgressFirewall extends AssertedConstruct {
  constructor(scope: Construct, id: string, props: EgressFirewallProps) {
    super(scope, id);
    new ComputeFirewall(this, "Deny", {
      name: `${props.prefix}-egress-deny`,
      network: props.network,
      direction: "EGRESS",
      priority: DENY_PRIORITY,
      destinationRanges: ["0.0.0.0/0"],
      deny: [{ protocol: "all" }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    });
    for (const [id, allowance] of this.each("allow", props.allow, ({ name }) => name)) {
      for (const [property, because] of Object.entries(EMPTY_LISTS))
        this.holds(size(property, "entries", { ...WIDE_OPEN, within: `allow.${id}`, because }), {
          [`allow.${id}.${property}`]: allowance[property as keyof typeof EMPTY_LISTS],
        });
      new ComputeFirewall(this, `Allow-${id}`, {
        name: `${props.prefix}-egress-${allowance.name}`,
        network: props.network,
        direction: "EGRESS",
        priority: ALLOW_PRIORITY,
        destinationRanges: [...allowance.ranges],
        allow: [{ protocol: allowance.protocol, ports: [...allowance.ports] }],
      });
    }
    if (props.connector === true) this.admitConnector(props);
  }

  /** Traffic between Google's serverless ranges and health checks and the connector's instances. */
  private admitConnector(props: EgressFirewallProps): void {
    for (const { name, direction, ranges, traffic } of connectorFirewall)
      new ComputeFirewall(this, `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, {
        name: `${props.prefix}-connector-${name}`,
        network: props.network,
        direction,
        priority: ALLOW_PRIORITY,
        targetTags: [CONNECTOR_TAG],
        allow: traffic.map(({ protocol, ports }) => ({
          protocol,
          ...(ports === undefined ? {} : { ports: [...ports] }),
        })),
        ...(direction === "INGRESS" ? { sourceRanges: [...ranges] } : { destinationRanges: [...ranges] }),
      });
  }
}
