import type { Api } from "./api.ts";

/** Where the static addresses of Cloud NAT are. */
export interface NatAddresses {
  readonly project: string;
  readonly region: string;
  /** Names of the address resources. */
  readonly names: readonly string[];
}

/**
 * The outside addresses themselves. Needs roles/compute.viewer.
 *
 * @param endpoint "https://compute.googleapis.com"
 * @throws UserError where Google refuses or does not answer
 * @throws NotThere where an address is not there
 */
export async function natAddresses(
  api: Api,
  endpoint: string,
  { project, region, names }: NatAddresses,
  signal: AbortSignal,
): Promise<string[]> {
  const found = await Promise.all(
    names.map((name) =>
      api.call(
        {
          method: "GET",
          role: "roles/compute.viewer",
          url: `${endpoint}/compute/v1/projects/${project}/regions/${region}/addresses/${name}`,
        },
        signal,
      ),
    ),
  );
  return found.flatMap((resource) => {
    const { address } = resource as { readonly address?: unknown };
    return typeof address === "string" ? [address] : [];
  });
}
