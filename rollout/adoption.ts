import type { RolloutClient } from "./client.ts";
import type { Ledger } from "./ledger.ts";
import { adopt, forget } from "./lifecycle.ts";

/**
 * The ledger with the serving revisions as last known good. A service that does not exist is removed: the name of its last
 * revision would block its next creation.
 *
 * @throws UserError where a service has no single ready revision with all the traffic
 */
export async function adopted(
  ledger: Ledger,
  services: readonly string[],
  client: Pick<RolloutClient, "observe">,
): Promise<Ledger> {
  let result = ledger;
  for (const service of services) {
    const observed = await client.observe(service);
    result = observed === null ? forget(result, service) : adopt(result, observed);
  }
  return result;
}

/**
 * Services that the ledger does not know: a deployment created them, or they are older than this project. A service that
 * a rollout created and that never passed its gates is known, without a good revision.
 */
export function unknownTo(ledger: Ledger, services: readonly string[]): string[] {
  return services.filter((service) => ledger.services[service] === undefined);
}

/** What was adopted or removed, one sentence each. */
export function adoptionLines(before: Ledger, after: Ledger): string[] {
  const taken = Object.entries(after.services)
    .filter(([service, { stable }]) => before.services[service]?.stable !== stable)
    .map(([service, { stable }]) => `${service}: ${stable} serves now and is the last known good revision.`);
  const forgotten = Object.keys(before.services)
    .filter((service) => after.services[service] === undefined)
    .map((service) => `${service}: the service does not exist and is removed from the ledger.`);
  return [...taken, ...forgotten];
}
