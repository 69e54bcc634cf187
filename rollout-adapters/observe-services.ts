import type { Environment } from "../platform/schema/environment.ts";
import type { Hands } from "../rollout/hands.ts";
import type { ObservedService } from "../rollout/observed.ts";
import { activeService } from "../rollout/train.ts";
import type { GooglePlace } from "./context.ts";
import { googleHands } from "./gateway.ts";
import { ledgerStore } from "./ledger-store.ts";

/** Hands without Terraform: they look, and move traffic back. */
export function bareHands(
  environment: Environment,
  place: GooglePlace,
  output: string,
  signal: AbortSignal,
): Hands {
  return googleHands({
    environment,
    place,
    signal,
    ledger: ledgerStore(environment, { ...place, output }),
    soak: environment.deadlines.soak,
  });
}

/** All services as they are now; null where one does not exist. */
export async function observedServices(
  { services }: Pick<Environment, "services">,
  hands: Hands,
): Promise<Map<string, ObservedService | null>> {
  const found = await Promise.all(
    services.map(async ({ name }) => [name, await hands.observe(name)] as const),
  );
  return new Map(found);
}

/**
 * What the first tick will look at, asked once. Later a question without an answer is asked again and again, because
 * traffic depends on it; before the first one, no credentials and no bucket are wrong use.
 *
 * @param wanted services of a new train; the first one is looked at where none is under way
 * @throws UserError where it cannot be looked at
 */
export async function lookOnce(
  hands: Pick<Hands, "readLedger" | "observe">,
  wanted: readonly string[] = [],
): Promise<void> {
  const { ledger } = await hands.readLedger();
  const service = (ledger === null ? null : activeService(ledger)) ?? wanted[0];
  if (service !== undefined) await hands.observe(service);
}
