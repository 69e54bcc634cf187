import { UserError } from "../platform/user-error.ts";
import type { LedgerStore } from "./client.ts";
import { emptyLedger, type Ledger } from "./ledger.ts";

/** A rollout writes at every step, so a few conflicts in a row are normal; ten are not. */
const ATTEMPTS = 10;

/**
 * Reads, changes and writes the ledger; after a conflicting write it starts again from the newer ledger.
 *
 * @param change returns the new ledger; the same object where nothing changes
 * @throws UserError after repeated conflicts
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
