import type { ApplyAction, CheckAction, GateAction, MeasureAction, ProveAction } from "./action.ts";
import type { ApplyResult, CheckResult, GateResult, ProofResult, SoakResult } from "./action-result.ts";
import type { Ledger, Split } from "./ledger.ts";
import type { ObservedService } from "./observed.ts";

/**
 * Everything outside that a rollout touches. A question that could not be answered throws: the loop tells it and looks
 * again, it never takes silence for an answer.
 */
export interface RolloutClient extends LedgerStore {
  /** null where the service does not exist. */
  observe(service: string): Promise<ObservedService | null>;
  check(action: CheckAction): Promise<CheckResult>;
  apply(action: ApplyAction): Promise<ApplyResult>;
  gate(action: GateAction): Promise<GateResult>;
  /** Writes `traffic` and nothing else, under the etag; keeps other people's tags. */
  shift(write: TrafficWrite): Promise<ShiftResult>;
  measure(action: MeasureAction): Promise<SoakResult>;
  prove(action: ProveAction): Promise<ProofResult>;
}

export interface TrafficWrite {
  readonly service: string;
  readonly etag: string;
  readonly split: Split;
}

/**
 * "conflict": the service has changed since it was read. "unknown": refused, timed out or answered unclearly; it may have
 * worked, so nothing is repeated before it is read again.
 */
export type ShiftResult =
  | { readonly kind: "written" }
  | { readonly kind: "conflict" }
  | { readonly kind: "unknown"; readonly why: string };

export interface LedgerStore {
  readLedger(): Promise<StoredLedger>;
  /** Compare and swap: writes only over `generation`. @returns the new generation, or null where another one wrote before */
  writeLedger(ledger: Ledger, generation: string): Promise<string | null>;
}

export interface StoredLedger {
  /** null where there is none yet. */
  readonly ledger: Ledger | null;
  /** "0" where there is none yet (Cloud Storage's `ifGenerationMatch=0`). */
  readonly generation: string;
}
