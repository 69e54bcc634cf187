import { UserError } from "../platform/user-error.ts";
import type { Ledger } from "./ledger.ts";

/**
 * Parses a ledger.
 *
 * @throws UserError where it is damaged, of another environment or of another version: no decision may be based on it
 */
export function parseLedger(text: string, environment: string): Ledger {
  const remedy = `inspect it; once it is moved away, "npm run rollout -- adopt ${environment}" writes a new one from what serves`;
  let found: Partial<Ledger> | null;
  try {
    found = JSON.parse(text) as Partial<Ledger> | null;
  } catch {
    throw new UserError(`The ledger of rollouts of ${environment} is not valid JSON: ${remedy}.`);
  }
  if (found?.version !== 2)
    throw new UserError(
      `The ledger of rollouts of ${environment} has version ${JSON.stringify(found?.version)}, and this project reads version 2: use the version that wrote it, or ${remedy}.`,
    );
  if (found.environment !== environment || typeof found.services !== "object" || found.services === null)
    throw new UserError(
      `The ledger of rollouts is of ${JSON.stringify(found.environment)}, not of ${environment}: ${remedy}.`,
    );
  return found as Ledger;
}
