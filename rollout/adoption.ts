import type { RolloutClient } from "./client.ts";
import type { Ledger } from "./ledger.ts";
import { adopt, forget } from "./lifecycle.ts";

/**
 * The ledger with what serves now as known good. Of a service that does not exist nothing is known: the name of a revision
 * that went with it would hinder its next creation.
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
 * Services that the ledger does not know: they came to be by a deployment, or before this project. One that a rollout
 * created and that never passed its gates is known, and nothing of it is good.
 */
export function unknownTo(ledger: Ledger, services: readonly string[]): string[] {
  return services.filter((service) => ledger.services[service] === undefined);
}

/** What was taken for good or forgotten, one sentence each. */
export function adoptionLines(before: Ledger, after: Ledger): string[] {
  const taken = Object.entries(after.services)
    .filter(([service, { stable }]) => before.services[service]?.stable !== stable)
    .map(([service, { stable }]) => `${service}: ${stable}, which serves now, is taken for known good.`);
  const forgotten = Object.keys(before.services)
    .filter((service) => after.services[service] === undefined)
    .map((service) => `${service}: it does not exist, and what the ledger said of it is forgotten.`);
  return [...taken, ...forgotten];
}
