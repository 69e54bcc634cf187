import path from "node:path";
import type { Api } from "../google/api.ts";
import { Conflict } from "../google/errors.ts";
import { readObject, type StoredObject, writeObject } from "../google/ledger-object.ts";
import { ledgerObject } from "../platform/rollout.ts";
import type { Environment } from "../platform/schema/environment.ts";
import type { LedgerStore } from "../rollout/client.ts";
import { localLedger } from "../rollout/local-ledger.ts";
import { parseLedger } from "../rollout/parse-ledger.ts";

/** Milliseconds for one read or write, retries included. */
const DEADLINE = 60_000;

export interface LedgerContext {
  readonly api: Api;
  /** "https://storage.googleapis.com" */
  readonly storage: string;
  /** Output folder of the synthesis: local states and a local ledger are next to it. */
  readonly output: string;
}

/** The environment's ledger, next to its states: in their bucket or on this machine. */
export function ledgerStore(
  { name, state }: Pick<Environment, "name" | "state">,
  { api, storage, output }: LedgerContext,
): LedgerStore {
  const parse = (text: string) => parseLedger(text, name);
  if (state === undefined)
    return localLedger(path.join(path.dirname(path.resolve(output)), `rollout.${name}`), parse);
  const google: StoredObject = { api, storage, bucket: state.bucket, object: ledgerObject(name) };
  return {
    readLedger: async () => {
      const found = await readObject(google, AbortSignal.timeout(DEADLINE));
      if (found === undefined) return { ledger: null, generation: "0" };
      return { ledger: parse(found.text), generation: found.generation };
    },
    writeLedger: async (ledger, generation) => {
      const before = generation === "0" ? undefined : generation;
      try {
        return await writeObject(google, JSON.stringify(ledger), before, AbortSignal.timeout(DEADLINE));
      } catch (error) {
        if (error instanceof Conflict) return null;
        throw error;
      }
    },
  };
}
