import { UserError } from "../platform/user-error.ts";
import type { LedgerStore } from "./client.ts";
import { emptyLedger, type Ledger } from "./ledger.ts";

/** Others write at every step of a rollout; twice in a row is bad luck, ten times is something else. */
const ATTEMPTS = 10;

/**
 * Changes the ledger as it is now; where somebody else writes in between, their ledger is changed instead.
 *
 * @param change what is written instead; the same object where nothing is to be written
 * @throws UserError where others are always faster
 */
export async function changeLedger(
  store: LedgerStore,
  environment: string,
  change: (ledger: Ledger) => Ledger | Promise<Ledger>,
): Promise<Ledger> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { ledger, generation } = await store.readLedger();
    const before = ledger ?? emptyLedger(environment);
    const after = await change(before);
    if (after === before || (await store.writeLedger(after, generation)) !== null) return after;
  }
  throw new UserError(`The ledger of ${environment} changes faster than it can be written: run it again.`);
}
