import { ownerBucket } from "./delivery/access.ts";
import { type DomainSettings, domainsOf } from "./edge/domains.ts";
import type { Environment } from "./schema/environment.ts";
import { foreignAccounts } from "./workloads/foreign-accounts.ts";
import { isForeignSecret } from "./workloads/secret-reference.ts";

/** The settings that name what exists outside of an environment's stacks. */
export interface NamesOutside {
  readonly edge?: DomainSettings | undefined;
  readonly network?: Pick<Environment["network"], "unmanaged" | "furtherConnectors"> | undefined;
  readonly regions?: Environment["regions"];
  readonly state?: Environment["state"];
  readonly secrets?: Environment["secrets"];
  readonly services?: Environment["services"];
  readonly jobs?: Environment["jobs"];
  readonly workerPools?: Environment["workerPools"];
}

/**
 * What exists outside of the stacks, as TYPE:NAME: public zones, which are created with their domains; a network that others
 * manage; secrets of other projects, and accounts of others; and the buckets of the states, which are there before any state.
 */
export function externalResources({
  edge,
  network,
  regions = [],
  state,
  secrets = [],
  ...own
}: NamesOutside): string[] {
  const named: (readonly [type: string, names: readonly (string | undefined)[]])[] = [
    ["google_dns_managed_zone", domainsOf(edge).map(({ dnsZone }) => dnsZone)],
    ...(network?.unmanaged === undefined ? [] : ofNetwork([network, ...regions])),
    ["google_secret_manager_secret", secrets.filter(isForeignSecret).map(({ name }) => name)],
    [
      "google_service_account",
      foreignAccounts({ services: [], ...own }).map(({ email }) => email.split("@")[0]),
    ],
    ["google_storage_bucket", state === undefined ? [] : [state.bucket, ownerBucket(state)]],
  ];
  return named.flatMap(([type, names]) =>
    names.flatMap((name) => (name === undefined ? [] : [`${type}:${name}`])),
  );
}

type Unmanaged = NonNullable<Environment["network"]["unmanaged"]>;

/** @param places the network, and the further regions of the environment */
function ofNetwork(
  places: readonly {
    readonly unmanaged?: Partial<Unmanaged> | undefined;
    readonly furtherConnectors?: Environment["network"]["furtherConnectors"];
  }[],
): (readonly [type: string, names: readonly (string | undefined)[]])[] {
  const all = (names: (unmanaged: Partial<Unmanaged>) => readonly (string | undefined)[]) => [
    ...new Set(places.flatMap(({ unmanaged = {} }) => names(unmanaged))),
  ];
  const subnets = places.flatMap(({ furtherConnectors = [] }) =>
    furtherConnectors.map(({ subnet }) => subnet),
  );
  return [
    ["google_compute_network", all(({ network }) => [network])],
    [
      "google_compute_subnetwork",
      [...all(({ directEgress, connectorSubnet }) => [directEgress, connectorSubnet]), ...subnets],
    ],
    ["google_vpc_access_connector", all(({ connector }) => [connector])],
    ["google_compute_global_address", all(({ privateServices }) => [privateServices])],
    ["google_compute_router", all(({ nat }) => [nat?.router])],
    ["google_compute_router_nat", all(({ nat }) => [nat?.name])],
    ["google_compute_address", all(({ nat }) => nat?.addresses ?? [])],
  ];
}
