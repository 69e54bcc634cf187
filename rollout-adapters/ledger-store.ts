import path from "node:path";
import type { Api } from "../google/api.ts";
import { versionedObject } from "../google/stored-object.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { ledgerObject } from "../platform/workloads/rollout.ts";
import type { LedgerStore } from "../rollout/client.ts";
import { localLedger } from "../rollout/local-ledger.ts";
import { parseLedger } from "../rollout/parse-ledger.ts";

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
  const stored = versionedObject({ api, storage, bucket: state.bucket, object: ledgerObject(name) });
  return {
    readLedger: async () => {
      const { text, generation } = await stored.read();
      return { ledger: text === undefined ? null : parse(text), generation };
    },
    writeLedger: (ledger, generation) => stored.write(JSON.stringify(ledger), generation),
  };
}
