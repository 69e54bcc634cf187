import type { Split, Stop } from "./ledger.ts";

/** What the last action yielded; nothing at the first iteration of a process. Each names the service it is about. */
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
  /** Why it could not be taken back, one sentence each; empty where it can. */
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
  /** "inconclusive": the probe itself could not run or say. */
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

/** A write of traffic by this process. */
export interface WriteResult {
  readonly kind: "write";
  readonly service: string;
  readonly split: Split;
  readonly outcome: "written" | "conflict" | "unknown";
  /** Why it is unknown. */
  readonly why?: string;
  /** Set for a rollback: why, in case the ledger could not be written after it. */
  readonly stop?: Stop;
}
