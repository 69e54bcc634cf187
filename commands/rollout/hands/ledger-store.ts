import { Conflict } from "../../../google/api.ts";
import { readObject, type StoredObject, writeObject } from "../../../google/ledger-object.ts";
import { UserError } from "../../../platform/sentence.ts";
import type { LedgerStore } from "../../../rollout/hands.ts";
import type { Ledger } from "../../../rollout/ledger.ts";
import { localLedger } from "../../../rollout/local-ledger.ts";

/** The ledger as an object in the bucket of the Terraform state. */
export function bucketLedger(
  object: Omit<StoredObject, "object">,
  environment: string,
  signal: AbortSignal,
): LedgerStore {
  const place: StoredObject = { ...object, object: `rollout/${environment}.json` };
  return {
    readLedger: async () => {
      const found = await readObject(place, signal);
      if (found === undefined) return { ledger: null, generation: "0" };
      return { ledger: parsedLedger(found.text, environment), generation: found.generation };
    },
    writeLedger: async (ledger, generation) => {
      try {
        return await writeObject(
          place,
          JSON.stringify(ledger),
          generation === "0" ? undefined : generation,
          signal,
        );
      } catch (error) {
        if (error instanceof Conflict) return null;
        throw error;
      }
    },
  };
}

/** The ledger in files of one folder, for environments whose state is local. */
export function folderLedger(folder: string, environment: string): LedgerStore {
  return localLedger(folder, (text) => parsedLedger(text, environment));
}

/** @throws UserError where it is of another environment, or of another version of this program */
function parsedLedger(text: string, environment: string): Ledger {
  let found: Partial<Ledger> | null;
  try {
    found = JSON.parse(text) as Partial<Ledger> | null;
  } catch {
    found = null;
  }
  if (found === null || typeof found.services !== "object")
    throw new UserError(
      `The ledger of ${environment} is damaged: bring back its last version (the bucket keeps versions).`,
    );
  if (found.version !== 1)
    throw new UserError(
      `The ledger of ${environment} has version ${found.version}, this program reads 1: use the program that wrote it.`,
    );
  if (found.environment !== environment)
    throw new UserError(
      `The ledger is that of environment ${found.environment}, not of ${environment}: check state.bucket.`,
    );
  return found as Ledger;
}
