import type { ApplyAction, CheckAction, GateAction, MeasureAction, ProveAction } from "./action.ts";
import type { ApplyResult, CheckResult, GateResult, ProofResult, SoakResult } from "./action-result.ts";
import type { Ledger, Split } from "./ledger.ts";
import type { ObservedService } from "./observed.ts";

/**
 * Everything outside that a rollout uses. A failed call throws: the loop reports it and retries; a missing response never
 * counts as a result.
 */
export interface RolloutClient extends LedgerStore {
  /** null where the service does not exist. */
  observe(service: string): Promise<ObservedService | null>;
  check(action: CheckAction): Promise<CheckResult>;
  apply(action: ApplyAction): Promise<ApplyResult>;
  gate(action: GateAction): Promise<GateResult>;
  /** Writes `traffic` and nothing else, under the etag; keeps tags of others. */
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
 * "conflict": the service has changed since it was read. "unknown": rejected, timed out or lost; it may have worked,
 * so the service is read again before a retry.
 */
export type ShiftResult =
  | { readonly kind: "written" }
  | { readonly kind: "conflict" }
  | { readonly kind: "unknown"; readonly why: string };

export interface LedgerStore {
  readLedger(): Promise<StoredLedger>;
  /** Compare and swap: writes only over `generation`. @returns the new generation, or null after a conflicting write */
  writeLedger(ledger: Ledger, generation: string): Promise<string | null>;
}

export interface StoredLedger {
  /** null where there is none yet. */
  readonly ledger: Ledger | null;
  /** "0" where there is none yet (Cloud Storage's `ifGenerationMatch=0`). */
  readonly generation: string;
}
