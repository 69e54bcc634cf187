import type { Instant, Outcome, Split, Stop } from "./ledger.ts";

/** The next action. Its `ActionResult` is an input of the next iteration. */
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

/** Rollback preconditions, and whether the plan changes anything. Read only. */
export interface CheckAction {
  readonly kind: "check";
  readonly service: string;
  /** The revision whose image, pinned secret versions and readiness are checked; null before the first creation. */
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

/** Writes the traffic after the ledger. */
export interface ShiftAction {
  readonly kind: "shift";
  readonly service: string;
  /** Of the service at the time of the decision. */
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

/** Evaluates both signals since the split took effect. */
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

/** Reconcile again after a pause. */
export interface RequeueAction {
  readonly kind: "requeue";
  /** Milliseconds. */
  readonly after: number;
  /** What it waits for. */
  readonly why: string;
}

/** The loop ends. */
export interface EndAction {
  readonly kind: "end";
  /** "held": somebody else's lease; "idle": there is nothing to do; "interrupted": it can be resumed. */
  readonly outcome: Outcome | "held" | "idle" | "interrupted";
  readonly why: string;
}
