import type { Environment } from "../platform/schema/environment.ts";
import type { RolloutClient } from "../rollout/client.ts";
import { activeService } from "../rollout/lifecycle.ts";
import type { ObservedService } from "../rollout/observed.ts";
import type { GoogleContext } from "./context.ts";
import { cloudRunGateway } from "./gateway.ts";
import { ledgerStore } from "./ledger-store.ts";

/** Hands without Terraform: they look, and move traffic back. */
export function gatewayWithoutTerraform(
  environment: Environment,
  place: GoogleContext,
  output: string,
  signal: AbortSignal,
): RolloutClient {
  return cloudRunGateway({
    environment,
    place,
    signal,
    ledger: ledgerStore(environment, { ...place, output }),
    soak: environment.deadlines.soak,
  });
}

/** All services as they are now; null where one does not exist. */
export async function observeServices(
  { services }: Pick<Environment, "services">,
  client: RolloutClient,
): Promise<Map<string, ObservedService | null>> {
  const found = await Promise.all(
    services.map(async ({ name }) => [name, await client.observe(name)] as const),
  );
  return new Map(found);
}

/**
 * What the first iteration will look at, asked once. Later a question without an answer is asked again and again, because
 * traffic depends on it; before the first one, no credentials and no bucket are wrong use.
 *
 * @param wanted services of a new rollout; the first one is looked at where none is under way
 * @throws UserError where it cannot be looked at
 */
export async function observeOnce(
  client: Pick<RolloutClient, "readLedger" | "observe">,
  wanted: readonly string[] = [],
): Promise<void> {
  const { ledger } = await client.readLedger();
  const service = (ledger === null ? null : activeService(ledger)) ?? wanted[0];
  if (service !== undefined) await client.observe(service);
}
