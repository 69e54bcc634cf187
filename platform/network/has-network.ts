import type { Environment } from "../schema/environment.ts";

type Settings = Pick<Environment, "network" | "region" | "main" | "regions" | "existing">;

/**
 * Whether the environment has a network at all, in any of its regions: where nothing has a range in it, nothing is in it. That of others is one.
 */
export function hasNetwork({ network, regions = [], existing }: Settings): boolean {
  return (
    network.unmanaged !== undefined ||
    (existing.network ?? false) !== false ||
    hasOwnPart(network) ||
    regions.some(hasOwnPart)
  );
}

/** Whether a region has anything of the network that is its own: a subnet, a connector or Cloud NAT. */
export function hasOwnPart({
  addresses,
  connector,
  furtherConnectors = [],
  nat,
}: Pick<Environment["network"], "connector" | "furtherConnectors" | "nat"> & {
  readonly addresses: Partial<Environment["network"]["addresses"]>;
}): boolean {
  const { peered = [], ...ranges } = addresses;
  return (
    peered.length > 0 ||
    Object.values(ranges).some((range) => range !== undefined) ||
    connector !== undefined ||
    furtherConnectors.length > 0 ||
    nat.addresses !== undefined
  );
}
