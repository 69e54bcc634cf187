import { rolloutUnits } from "../platform/workloads/rollout-units.ts";
import type { RolloutClient } from "../rollout/client.ts";
import { activeService } from "../rollout/lifecycle.ts";
import type { ObservedService } from "../rollout/observed.ts";
import type { GoogleContext, RolloutPlan } from "./context.ts";
import { cloudRunGateway } from "./gateway.ts";
import { ledgerStore } from "./ledger-store.ts";

/** A client without Terraform: it observes and rolls back. */
export function gatewayWithoutTerraform(
  platform: RolloutPlan,
  google: GoogleContext,
  output: string,
  signal: AbortSignal,
): RolloutClient {
  return cloudRunGateway({
    platform,
    google,
    signal,
    ledger: ledgerStore(platform, { ...google, output }),
    soak: platform.deadlines.soak,
  });
}

/** The current state of all services in all regions; null where one does not exist. */
export async function observeServices(
  platform: RolloutPlan,
  client: RolloutClient,
): Promise<Map<string, ObservedService | null>> {
  const found = await Promise.all(
    rolloutUnits(platform).map(async ({ name }) => [name, await client.observe(name)] as const),
  );
  return new Map(found);
}

/**
 * Reads once what the first iteration reads. Later a failed read is retried without end, because traffic depends on it;
 * before the first one, missing credentials or a missing bucket are a usage error.
 *
 * @param wanted services of a new rollout; the first one is observed where none is under way
 * @throws UserError where they cannot be read
 */
export async function observeOnce(
  client: Pick<RolloutClient, "readLedger" | "observe">,
  wanted: readonly string[] = [],
): Promise<void> {
  const { ledger } = await client.readLedger();
  const service = (ledger === null ? null : activeService(ledger)) ?? wanted[0];
  if (service !== undefined) await client.observe(service);
}
