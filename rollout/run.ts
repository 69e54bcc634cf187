import type { EndAction } from "./action.ts";
import { carryOut, reason } from "./carry-out.ts";
import type { Hands, StoredLedger } from "./hands.ts";
import type { Ledger } from "./ledger.ts";
import type { Measured } from "./measured.ts";
import { next } from "./next.ts";
import type { ObservedService } from "./observed.ts";
import type { RolloutEvent } from "./report/events.ts";
import { eventsBetween, trouble } from "./report/events.ts";
import type { Settings } from "./settings.ts";
import { activeService } from "./train.ts";

export interface Around {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** May end early where `signal` is aborted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly tell: (event: RolloutEvent) => void;
  /** What is waited for, for a person who looks on; told again at every look. */
  readonly waiting?: (service: string, why: string) => void;
  /** Ends the loop between two ticks; the train can be resumed, and the guard looks after it. */
  readonly signal?: AbortSignal;
}

export interface Ended {
  readonly outcome: EndAction["outcome"];
  readonly why: string;
  /** As it was last read or written. */
  readonly ledger: Ledger | null;
}

/** Milliseconds before something that failed is tried again; doubled each time, up to the tick. */
const RETRY = 250;

/**
 * Ticks until nothing is left to do. Every tick reads the truth anew and decides once. The ledger is written before what
 * it intends is done; only the way back to stable is written before everything else.
 */
export async function run(hands: Hands, settings: Settings, around: Around): Promise<Ended> {
  const { now, sleep, tell, waiting, signal } = around;
  let known: StoredLedger | null = null;
  let measured: Measured = null;
  let failures = 0;
  const again = async (what: string, error: unknown): Promise<void> => {
    tell(trouble(now(), `${what}: ${reason(error)}`));
    await sleep(Math.min(RETRY * 2 ** failures, settings.tick));
    failures = Math.min(failures + 1, 10);
  };

  while (signal?.aborted !== true) {
    // Nothing stands between a breach and the way back, not even the ledger.
    if (known === null || !isBreach(measured)) {
      try {
        known = await hands.readLedger();
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
      if (service !== null) observed = await hands.observe(service);
    } catch (error) {
      // What was good a while ago says nothing about now; what broke does.
      if (measured?.kind === "soak" && !isBreach(measured)) measured = null;
      await again(`${service} cannot be read`, error);
      continue;
    }
    const { action, ledger: decided } = next(ledger, observed, measured, now(), settings);

    let first: Measured = null;
    if (action.kind === "return") first = await carryOut(action, hands);
    if (decided !== ledger) {
      try {
        const written = await hands.writeLedger(decided, generation);
        known = written === null ? null : { ledger: decided, generation: written };
        if (written !== null) for (const event of eventsBetween(ledger, decided, now())) tell(event);
      } catch (error) {
        // It may have been written: it is read again, and a way back that is not in it is known from `first`.
        known = null;
        await again("the ledger cannot be written", error);
      }
      if (known === null) {
        measured = first ?? measured;
        continue;
      }
    }

    if (action.kind === "end") return { outcome: action.outcome, why: action.why, ledger: decided };
    if (action.kind === "look") {
      if (action.after > 0) {
        waiting?.(service ?? "", action.why);
        await sleep(action.after);
      }
      measured = null;
      failures = 0;
      continue;
    }
    measured = first ?? (await carryOut(action, hands));
    if (measured?.kind !== "write" || measured.outcome === "written") failures = 0;
    else if (measured.outcome === "unknown" || failures > 0)
      await again(`the traffic of ${service} is not known to be written`, measured.why ?? "conflict");
    else failures = 1;
  }
  return { outcome: "interrupted", why: "interrupted", ledger: known?.ledger ?? null };
}

function isBreach(measured: Measured): boolean {
  return measured?.kind === "soak" && measured.verdict === "breach";
}
