import { connectorFirewallRanges } from "../../resources/limits.ts";

/** A firewall rule for the instances of every connector of a network. */
export interface ConnectorFirewallRule {
  /** "ingress-serverless" */
  readonly name: string;
  readonly direction: "INGRESS" | "EGRESS";
  /** Sources of ingress, destinations of egress. */
  readonly ranges: readonly string[];
  readonly traffic: readonly { readonly protocol: string; readonly ports?: readonly string[] }[];
}

/** Network tag that Google sets on every connector instance. */
export const CONNECTOR_TAG = "vpc-connector";

const SERVERLESS = [
  { protocol: "tcp", ports: ["667"] },
  { protocol: "udp", ports: ["665-666"] },
  { protocol: "icmp" },
] as const;
const HEALTH_CHECK = [{ protocol: "tcp", ports: ["667"] }] as const;

/**
 * Traffic between Google's serverless ranges and health checks and a connector's instances, without which it never becomes ready.
 * https://docs.cloud.google.com/vpc/docs/configure-serverless-vpc-access
 */
export const connectorFirewall: readonly ConnectorFirewallRule[] = [
  { name: "serverless", ranges: connectorFirewallRanges.value.serverless, traffic: SERVERLESS },
  { name: "health-check", ranges: connectorFirewallRanges.value.healthCheck, traffic: HEALTH_CHECK },
].flatMap((rule) =>
  (["INGRESS", "EGRESS"] as const).map((direction) => ({
    ...rule,
    direction,
    name: `${direction.toLowerCase()}-${rule.name}`,
  })),
);
