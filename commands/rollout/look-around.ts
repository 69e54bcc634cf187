import type { Environment } from "../../platform/schema/environment.ts";
import type { Hands } from "../../rollout/hands.ts";
import type { ObservedService } from "../../rollout/observed.ts";
import { googlePlace } from "./google.ts";
import { googleHands } from "./hands/hands.ts";
import { ledgerStore } from "./ledger-store.ts";

/** Hands without Terraform: they look, and move traffic back. */
export function bareHands(environment: Environment, output: string, signal: AbortSignal): Hands {
  const place = googlePlace(environment);
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
