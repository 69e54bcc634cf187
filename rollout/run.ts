import type { EndAction } from "./action.ts";
import type { ActionResult } from "./action-result.ts";
import type { RolloutClient, StoredLedger } from "./client.ts";
import { execute, reason } from "./execute.ts";
import type { Ledger } from "./ledger.ts";
import { activeService } from "./lifecycle.ts";
import type { ObservedService } from "./observed.ts";
import { next } from "./reconcile.ts";
import type { RolloutEvent } from "./report/events.ts";
import { eventsBetween, warning } from "./report/events.ts";
import type { Settings } from "./settings.ts";

export interface RunOptions {
  /** Milliseconds since 1970, on the clock that all processes of the rollout share. */
  readonly now: () => number;
  /** May end early where `signal` is aborted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly emit: (event: RolloutEvent) => void;
  /** Progress message, repeated on each poll. */
  readonly waiting?: (service: string, why: string) => void;
  /** Ends the loop between two iterations; the rollout can be resumed, and the watchdog takes over. */
  readonly signal?: AbortSignal;
}

export interface RunResult {
  readonly outcome: EndAction["outcome"];
  readonly why: string;
  /** As it was last read or written. */
  readonly ledger: Ledger | null;
}

/** Milliseconds before the first retry; doubled each time, up to the interval. */
const RETRY = 250;

/**
 * Reconciles until nothing is left to do. Every iteration reads the actual state and decides once. The ledger is written
 * before an action; only a rollback is executed first.
 */
export async function run(
  client: RolloutClient,
  settings: Settings,
  options: RunOptions,
): Promise<RunResult> {
  const { now, sleep, emit, waiting, signal } = options;
  let known: StoredLedger | null = null;
  let lastResult: ActionResult = null;
  let failures = 0;
  const again = async (what: string, error: unknown): Promise<void> => {
    emit(warning(now(), `${what}: ${reason(error)}`));
    await sleep(Math.min(RETRY * 2 ** failures, settings.interval));
    failures = Math.min(failures + 1, 10);
  };

  while (signal?.aborted !== true) {
    // Nothing delays the rollback after a breach, not even the ledger.
    if (known === null || !isBreach(lastResult)) {
      try {
        known = await client.readLedger();
      } catch (error) {
        await again("the ledger cannot be read", error);
        continue;
      }
    }
    const { ledger, generation }: StoredLedger = known;
    if (ledger === null) return { outcome: "idle", why: "there is no rollout", ledger };
    const service = activeService(ledger);
    let observed: ObservedService | null = null;
    try {
      if (service !== null) observed = await client.observe(service);
    } catch (error) {
      // A passed soak is out of date by now; a breach is not.
      if (lastResult?.kind === "soak" && !isBreach(lastResult)) lastResult = null;
      await again(`${service} cannot be read`, error);
      continue;
    }
    const { action, ledger: decided } = next(ledger, observed, lastResult, now(), settings);

    let first: ActionResult = null;
    if (action.kind === "rollback") first = await execute(action, client);
    if (decided !== ledger) {
      try {
        const written = await client.writeLedger(decided, generation);
        known = written === null ? null : { ledger: decided, generation: written };
        if (written !== null) for (const event of eventsBetween(ledger, decided, now())) emit(event);
      } catch (error) {
        // It may have been written, so it is read again; `first` still holds a rollback that is not in it.
        known = null;
        await again("the ledger cannot be written", error);
      }
      if (known === null) {
        lastResult = first ?? lastResult;
        continue;
      }
    }

    if (action.kind === "end") return { outcome: action.outcome, why: action.why, ledger: decided };
    if (action.kind === "requeue") {
      if (action.after > 0) {
        waiting?.(service ?? "", action.why);
        await sleep(action.after);
      }
      lastResult = null;
      failures = 0;
      continue;
    }
    lastResult = first ?? (await execute(action, client));
    if (lastResult?.kind !== "write" || lastResult.outcome === "written") failures = 0;
    else if (lastResult.outcome === "unknown" || failures > 0)
      await again(`the traffic of ${service} is not known to be written`, lastResult.why ?? "conflict");
    else failures = 1;
  }
  return { outcome: "interrupted", why: "interrupted", ledger: known?.ledger ?? null };
}

function isBreach(lastResult: ActionResult): boolean {
  return lastResult?.kind === "soak" && lastResult.verdict === "breach";
}
