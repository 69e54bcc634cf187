import type { Split, Stop } from "./ledger.ts";

/** Result of the last action, with the service that it is about; null in the first iteration of a process. */
export type ActionResult =
  | CheckResult
  | ApplyResult
  | GateResult
  | SoakResult
  | ProofResult
  | WriteResult
  | null;

export interface CheckResult {
  readonly kind: "check";
  readonly service: string;
  /** Why a rollback would fail, one sentence each; empty where it would work. */
  readonly problems: readonly string[];
  /** Whether a plan changes the template. */
  readonly changes: boolean;
}

export interface ApplyResult {
  readonly kind: "apply";
  readonly service: string;
  readonly outcome: "applied" | "no changes" | "failed";
  readonly why: string;
}

export interface GateResult {
  readonly kind: "gate";
  readonly service: string;
  readonly candidate: string;
  /** "inconclusive": the probe itself could not run or report. */
  readonly verdict: "passed" | "failed" | "inconclusive";
  readonly why: string;
}

export interface SoakResult {
  readonly kind: "soak";
  readonly service: string;
  readonly candidate: string;
  readonly percent: number;
  readonly verdict: "pass" | "breach" | "inconclusive";
  /** With the numbers: "412 answers, 0 errors, p95 0.8 s; stable 0.7 s". */
  readonly why: string;
}

export interface ProofResult {
  readonly kind: "proof";
  readonly service: string;
  readonly plan: "empty" | "changes" | "failed";
  readonly why: string;
}

/** A change of the traffic by this process. */
export interface WriteResult {
  readonly kind: "write";
  readonly service: string;
  readonly split: Split;
  readonly outcome: "written" | "conflict" | "unknown";
  /** Why it is unknown. */
  readonly why?: string;
  /** Set for a rollback: its reason, in case the ledger could not be written afterwards. */
  readonly stop?: Stop;
}
