import type { Environment } from "../schema/environment.ts";

export type PeeredNetwork = Environment["network"]["addresses"]["peered"][number];

/** "VPC Network Peering", as people call what leads there. */
const NAMES = {
  peering: "VPC Network Peering",
  vpn: "VPN or Interconnect",
  ncc: "the hub of Network Connectivity Center",
} as const;

export function connectionKind({ by = "peering" }: Pick<PeeredNetwork, "by">): string {
  return NAMES[by];
}

/** How traffic gets to a network of others. */
export type Reach =
  /** It does, where this condition of others holds too; undefined where there is none. */
  | { readonly isReached: true; readonly needs: string | undefined }
  /** It does not, and why. */
  | { readonly isReached: false; readonly because: string };

/**
 * Whether traffic of this network gets there. VPC Network Peering is not transitive, and neither are the spokes of a hub: what is
 * behind them by another peering is out of reach. Routes of a VPN are exchanged where both sides say so.
 * https://docs.cloud.google.com/vpc/docs/vpc-peering, https://docs.cloud.google.com/network-connectivity/docs/network-connectivity-center/concepts/vpc-spokes-overview
 */
export function reachOf(all: readonly PeeredNetwork[], network: PeeredNetwork): Reach {
  const { by = "peering", behind } = network;
  if (behind === undefined) return { isReached: true, needs: undefined };
  const first = all.find(({ name }) => name === behind);
  const via = first?.by ?? "peering";
  if (first?.behind !== undefined)
    return {
      isReached: false,
      because: `"${behind}" is itself behind "${first.behind}", and routes are exchanged with neighbours only`,
    };
  if (via === "vpn") return { isReached: true, needs: `"${behind}" announces the range` };
  if (by === "vpn" && via === "peering")
    return {
      isReached: true,
      needs: `"${behind}" exports its custom routes to this network, and announces the ranges of this one over the VPN`,
    };
  return {
    isReached: false,
    because:
      via === "ncc"
        ? `it is connected to "${behind}" by ${connectionKind(network)}, and a hub exchanges routes of its own spokes only`
        : `it is connected to "${behind}" by ${connectionKind(network)}, and VPC Network Peering is not transitive`,
  };
}

/**
 * Whether several regions need what a VPN or an Interconnect of this network brings: by default its routes hold only in the region of
 * its Cloud Router. https://docs.cloud.google.com/network-connectivity/docs/router/concepts/learned-routes
 */
export function needsGlobalRoutes({
  network,
  regions = [],
}: Pick<Environment, "network" | "regions">): boolean {
  return (
    regions.length > 0 &&
    network.addresses.peered.some(({ by, behind }) => by === "vpn" && behind === undefined)
  );
}

/** "directly", "where office exports its custom routes to this network", "no: ...". */
export function reachText(reach: Reach): string {
  if (!reach.isReached) return `no: ${reach.because}`;
  return reach.needs === undefined ? "directly" : `where ${reach.needs}`;
}

/** Every network of others with what reaches it; none where no entry says more than its range. */
export function peeredRows({
  network,
  externalDependencies,
}: Pick<Environment, "network" | "externalDependencies">): {
  readonly network: PeeredNetwork;
  readonly dependencies: readonly string[];
  readonly reach: Reach;
}[] {
  const { peered } = network.addresses;
  const isPlain =
    peered.every(({ by, behind }) => by === undefined && behind === undefined) &&
    externalDependencies.every((dependency) => dependency.network === undefined);
  if (isPlain) return [];
  return peered.map((one) => ({
    network: one,
    dependencies: externalDependencies
      .filter((dependency) => dependency.network === one.name)
      .map(({ name }) => name),
    reach: reachOf(peered, one),
  }));
}
