import { UserError } from "../platform/user-error.ts";
import type { Ledger } from "./ledger.ts";

/**
 * The ledger in a text.
 *
 * @throws UserError where it is damaged, another environment's, or of another version of this project: nothing may be decided by it
 */
export function parseLedger(text: string, environment: string): Ledger {
  const remedy = `look at it by hand; "npm run rollout -- adopt ${environment}" writes a new one from what serves once it is moved away`;
  let found: Partial<Ledger> | null;
  try {
    found = JSON.parse(text) as Partial<Ledger> | null;
  } catch {
    throw new UserError(`The ledger of rollouts of ${environment} is no JSON: ${remedy}.`);
  }
  if (found?.version !== 2)
    throw new UserError(
      `The ledger of rollouts of ${environment} has version ${JSON.stringify(found?.version)}, and this project knows version 1: use the version that wrote it, or ${remedy}.`,
    );
  if (found.environment !== environment || typeof found.services !== "object" || found.services === null)
    throw new UserError(
      `The ledger of rollouts is of ${JSON.stringify(found.environment)}, not of ${environment}: ${remedy}.`,
    );
  return found as Ledger;
}
