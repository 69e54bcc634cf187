import { ownerBucket } from "./delivery/access.ts";
import { type DomainSettings, domainsOf } from "./edge/domains.ts";
import type { Environment } from "./schema/environment.ts";
import { foreignAccounts } from "./workloads/foreign-accounts.ts";
import { isForeignSecret } from "./workloads/secret-reference.ts";

/** The settings that name what exists outside of an environment's stacks. */
export interface NamesOutside {
  readonly edge?: DomainSettings | undefined;
  readonly network?: Pick<Environment["network"], "unmanaged"> | undefined;
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
export function externalResources({ edge, network, state, secrets = [], ...own }: NamesOutside): string[] {
  const named: (readonly [type: string, names: readonly (string | undefined)[]])[] = [
    ["google_dns_managed_zone", domainsOf(edge).map(({ dnsZone }) => dnsZone)],
    ...ofNetwork(network?.unmanaged),
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

function ofNetwork(
  unmanaged: Environment["network"]["unmanaged"],
): (readonly [type: string, names: readonly (string | undefined)[]])[] {
  if (unmanaged === undefined) return [];
  return [
    ["google_compute_network", [unmanaged.network]],
    ["google_compute_subnetwork", [unmanaged.directEgress]],
    ["google_vpc_access_connector", [unmanaged.connector]],
    ["google_compute_global_address", [unmanaged.privateServices]],
    ["google_compute_router", [unmanaged.nat?.router]],
    ["google_compute_router_nat", [unmanaged.nat?.name]],
    ["google_compute_address", unmanaged.nat?.addresses ?? []],
  ];
}
