import type { Instant, Outcome, Split, Stop } from "./ledger.ts";

/** The one thing to do next. What it yields comes back as `Measured` of the next iteration. */
export type Action =
  | CheckAction
  | ApplyAction
  | GateAction
  | ShiftAction
  | RollbackAction
  | MeasureAction
  | ProveAction
  | RequeueAction
  | EndAction;

/** Can it be taken back, and does the plan change anything? Nothing is changed. */
export interface CheckAction {
  readonly kind: "check";
  readonly service: string;
  /** Its image, pinned secret versions and readiness are looked at; null before the first creation. */
  readonly stable: string | null;
}

/** Applies the service's stack with this `stable`: the new revision gets no traffic. */
export interface ApplyAction {
  readonly kind: "apply";
  readonly service: string;
  readonly stable: string | null;
}

/** Runs the probe job inside the VPC against the tag URL: answering revision, contract, WebSocket, consumers of before. */
export interface GateAction {
  readonly kind: "gate";
  readonly service: string;
  readonly candidate: string;
  readonly stable: string | null;
}

/** Writes the traffic after the ledger says so. */
export interface ShiftAction {
  readonly kind: "shift";
  readonly service: string;
  /** Of the service as the decision saw it. */
  readonly etag: string;
  readonly split: Split;
}

/** Writes the traffic before anything else, the ledger after it. */
export interface RollbackAction {
  readonly kind: "rollback";
  readonly service: string;
  readonly etag: string;
  readonly split: Split;
  readonly stop: Stop;
}

/** Looks at both signals since the split was in force. */
export interface MeasureAction {
  readonly kind: "measure";
  readonly service: string;
  readonly candidate: string;
  readonly stable: string | null;
  /** The candidate's percent. */
  readonly percent: number;
  readonly since: Instant;
}

/** Plans the service's stack with this `stable`: nothing may change. */
export interface ProveAction {
  readonly kind: "prove";
  readonly service: string;
  readonly stable: string;
}

/** Nothing but to look again. */
export interface RequeueAction {
  readonly kind: "requeue";
  /** Milliseconds. */
  readonly after: number;
  /** What is waited for. */
  readonly why: string;
}

/** The loop ends. */
export interface EndAction {
  readonly kind: "end";
  /** "held": somebody else's lease; "idle": there is nothing to do; "interrupted": it can be resumed. */
  readonly outcome: Outcome | "held" | "idle" | "interrupted";
  readonly why: string;
}
