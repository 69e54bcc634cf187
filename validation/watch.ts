import { UserError } from "../platform/user-error.ts";
import type { Clock, Result } from "./check.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** An event of a watch. */
export type WatchEvent =
  | { readonly kind: "degraded"; readonly at: number; readonly result: Result }
  | { readonly kind: "recovered"; readonly at: number; readonly result: Result; readonly after: number }
  | { readonly kind: "could-not-look"; readonly at: number; readonly why: string }
  | { readonly kind: "round"; readonly at: number; readonly round: number; readonly verdict: Verdict };

export interface Trouble {
  readonly category: Result["category"];
  readonly subject: string;
  readonly why: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Undefined where it lasted to the end. */
  readonly to: number | undefined;
}

export interface WatchSummary {
  /** Every round was completed and passed. */
  readonly passed: boolean;
  readonly rounds: number;
  readonly roundsPassed: number;
  readonly roundsNotSeen: number;
  readonly troubles: readonly Trouble[];
  readonly interrupted: boolean;
}

export interface WatchOptions {
  /** Seconds. */
  readonly duration: number;
  /** Seconds from the start of one round to the start of the next. */
  readonly period: number;
  /** Share of the checks that must pass in each round. */
  readonly required: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly look: (signal: AbortSignal) => Promise<readonly Result[]>;
  readonly emit: (event: WatchEvent) => void;
  /** Results just before: their failures are not reported again as new. */
  readonly before: readonly Result[];
}

const keyOf = ({ category, subject }: Result): string => `${category} ${subject}`;

/** Repeats the checks and reports what degrades and recovers, until the time is over. */
export async function watch(options: WatchOptions): Promise<WatchSummary> {
  const { clock, signal, emit } = options;
  const end = clock.now() + options.duration * 1000;
  const open = new Map<string, { result: Result; from: number }>();
  const ended: Trouble[] = [];
  const counts = { rounds: 0, passed: 0, notSeen: 0 };
  for (const result of options.before.filter(({ status }) => status === "failed"))
    open.set(keyOf(result), { result, from: clock.now() });

  const compare = (results: readonly Result[], at: number): void => {
    for (const result of results) {
      const key = keyOf(result);
      const trouble = open.get(key);
      if (result.status === "failed" && trouble === undefined) {
        open.set(key, { result, from: at });
        emit({ kind: "degraded", at, result });
      }
      if (result.status === "passed" && trouble !== undefined) {
        open.delete(key);
        ended.push(troubleOf(trouble, at));
        emit({ kind: "recovered", at, result, after: (at - trouble.from) / 1000 });
      }
    }
  };

  while (!signal.aborted) {
    const next = clock.now() + options.period * 1000;
    if (next > end) break;
    await clock.sleep(next - clock.now(), signal);
    if (signal.aborted) break;
    counts.rounds += 1;
    try {
      const results = await options.look(signal);
      if (signal.aborted) break;
      compare(results, clock.now());
      const judged = verdict(results, options.required);
      if (judged.passed) counts.passed += 1;
      emit({ kind: "round", at: clock.now(), round: counts.rounds, verdict: judged });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      counts.notSeen += 1;
      emit({ kind: "could-not-look", at: clock.now(), why: error.message });
    }
  }
  return {
    passed: !signal.aborted && counts.rounds > 0 && counts.passed === counts.rounds,
    rounds: counts.rounds,
    roundsPassed: counts.passed,
    roundsNotSeen: counts.notSeen,
    troubles: [...ended, ...[...open.values()].map((trouble) => troubleOf(trouble, undefined))].sort(
      (a, b) => a.from - b.from,
    ),
    interrupted: signal.aborted,
  };
}

function troubleOf({ result, from }: { result: Result; from: number }, to: number | undefined): Trouble {
  const { category, subject, why } = result;
  return { category, subject, why, from, to };
}
