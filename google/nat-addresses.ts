import { z } from "zod";
import type { Api } from "./api.ts";
import { responseOf } from "./response.ts";

/** Location of the static addresses of Cloud NAT. */
export interface NatAddresses {
  readonly project: string;
  readonly region: string;
  /** Names of the address resources. */
  readonly names: readonly string[];
}

/**
 * The external addresses. Needs roles/compute.viewer.
 *
 * @param endpoint "https://compute.googleapis.com"
 * @throws UserError where Google rejects the request or does not answer
 * @throws NotFound where an address does not exist
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
  return found.flatMap((resource, index) => {
    const { address } = responseOf(rawAddress, resource, `the address ${names[index]}`);
    return address === undefined ? [] : [address];
  });
}

const rawAddress = z.object({ address: z.union([z.ipv4(), z.ipv6()]).optional() });
