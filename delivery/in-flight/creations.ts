import { listOf, objectOf } from "../../graph/index.ts";
import { UserError } from "../../platform/user-error.ts";
import type { ApplyOutcome, CreationRecord } from "../../terraform/apply-stack.ts";
import type { PlannedStack } from "../../terraform/plan-stacks.ts";
import { bounded, type Creations, type InFlightRecord, NOTHING, sizeOf } from "./record.ts";
import type { InFlightStore, StoredRecord } from "./store.ts";

/** Milliseconds between two writes: Cloud Storage takes one a second of one object. */
const WRITE_INTERVAL = 1_000;

export interface RecordOptions {
  readonly store: InFlightStore;
  /** The run that writes: "github-run-17-3f9a". */
  readonly by: string;
  /** Pauses; ends early where the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}

/** What an earlier apply was creating, as far as this plan creates it again: it is not in the state. */
export function leftInFlight({ record }: StoredRecord, plan: unknown): Creations {
  if (record === undefined || record === "damaged") return NOTHING;
  const again = (address: string): boolean => actionsOf(plan, address)?.includes("create") === true;
  return { begun: record.begun.filter(again), waiting: record.waiting.filter(again), unnamed: 0 };
}

/** What a plan does with a resource: ["create"], ["delete", "create"], ["no-op"]; undefined where it has none of this address. */
export function actionsOf(plan: unknown, address: string): readonly unknown[] | undefined {
  const found = listOf(objectOf(plan).resource_changes)
    .map(objectOf)
    .find((resource) => resource.address === address);
  return found === undefined ? undefined : listOf(objectOf(found.change).actions);
}

/**
 * The record of one apply. All that the plan creates is in it before Terraform starts, so that a kill at any moment leaves it;
 * which of it has begun follows while Terraform runs. It is emptied when the outcome is in the state.
 *
 * @param found the record as it was when the plan was made: one that was written since is another deployment's
 */
export function creationRecord(
  { name: stack, plan }: Pick<PlannedStack, "name" | "plan">,
  found: StoredRecord,
  { store, by, sleep, log }: RecordOptions,
): CreationRecord {
  const left = leftInFlight(found, plan);
  const started = new Date().toISOString();
  const begun = new Set(left.begun);
  const waiting = new Set(left.waiting);
  const ended = new AbortController();
  let { generation } = found;
  let updating: Promise<void> | undefined;
  let isBehind = false;
  let isWarned = false;
  const recordOf = (creations: Creations): InFlightRecord => ({
    version: 1,
    stack,
    by,
    started,
    written: new Date().toISOString(),
    ...creations,
  });
  const now = (): InFlightRecord => recordOf(bounded(begun, waiting));

  /** @returns why it could not be written */
  const write = async (record: InFlightRecord): Promise<string | undefined> => {
    let why = "another process has written it";
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        const written = await store.write(record, generation);
        if (written !== null) {
          generation = written;
          return undefined;
        }
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        why = error.message;
      }
      // A write that failed may have been carried out: then the newest version is this apply's own.
      const there = await store.read(stack).catch(() => undefined);
      if (there === undefined || !isOwn(there.record)) return why;
      generation = there.generation;
    }
    return why;
  };
  const isOwn = (record: StoredRecord["record"]): boolean =>
    typeof record === "object" && record.by === by && record.started === started;

  /** Another apply may have ended since: Terraform refuses a plan that its changes have overtaken. */
  const overSettled = async (): Promise<string | null> => {
    const there = await store.read(stack);
    const isSettled = typeof there.record === "object" && sizeOf(there.record) === 0;
    return isSettled ? store.write(now(), there.generation) : null;
  };

  /** Writes until nothing has changed meanwhile; a second apply of the stack is kept away by Terraform's lock. */
  const update = async (): Promise<void> => {
    while (isBehind && !ended.signal.aborted) {
      isBehind = false;
      const why = await write(now());
      if (why !== undefined) {
        if (!isWarned)
          log(
            `  ${stack}: the record ${store.nameOf(stack)} was not updated (${why}). It names all that this apply creates; only what has begun of it would not be known after a kill.`,
          );
        isWarned = true;
        return;
      }
      await sleep(WRITE_INTERVAL, ended.signal);
    }
  };

  return {
    open: async (creations) => {
      for (const address of creations) if (!begun.has(address)) waiting.add(address);
      try {
        const written = (await store.write(now(), generation)) ?? (await overSettled());
        if (written === null)
          return `Not started: ${store.nameOf(stack)} was written after this plan was made. Another deployment applies the stack, or was cut off there: run the same command again, which plans again and names what that one was creating.`;
        generation = written;
        return undefined;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return `Not started: what it creates could not be recorded in ${store.nameOf(stack)}, and nothing would name it after a kill. ${error.message}`;
      }
    },
    begun: (address) => {
      waiting.delete(address);
      begun.add(address);
      isBehind = true;
      updating ??= update().finally(() => {
        updating = undefined;
      });
    },
    close: async (outcome: ApplyOutcome) => {
      ended.abort();
      await updating;
      // What an earlier one left is in the state after this one has created it, and may still exist next to it otherwise.
      const kept = { applied: NOTHING, failed: left, unknown: bounded(begun, []) }[outcome];
      const why = await write(recordOf(kept));
      if (why !== undefined)
        log(
          `  ${stack}: the record ${store.nameOf(stack)} could not be brought up to date (${why}): the next run reads more in it than there is, and compares it with the state.`,
        );
    },
  };
}

/** Empties the record of a stack of which nothing is to be created. A failure says nothing: the next run does the same. */
export async function forget(
  { name: stack }: Pick<PlannedStack, "name">,
  { record, generation }: StoredRecord,
  { store, by }: RecordOptions,
): Promise<void> {
  const isEmpty = record !== "damaged" && (record === undefined || sizeOf(record) === 0);
  if (isEmpty) return;
  const written = new Date().toISOString();
  await store
    .write({ version: 1, stack, by, started: written, written, ...NOTHING }, generation)
    .catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
    });
}
