import type { ReviewContext } from "../context.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import type { AcknowledgedAction } from "../review.ts";

/** A kind of change that loses data, traffic or protection. docs/REVIEW.md lists them all. */
export interface Hazard {
  /** Resource types that it applies to. */
  readonly types: readonly string[] | "all";
  /** The action that the acknowledgement must name. */
  readonly action: AcknowledgedAction;
  /** The change: "tier or edition changed". */
  readonly what: string;
  /** What is lost by it. */
  readonly why: string;
  /** What is lost here, one sentence; undefined where nothing is. */
  readonly find: (change: PlannedChange, context: ReviewContext) => string | undefined;
}

/** A hazard of updates in place. */
export function onUpdate(loss: Omit<Hazard, "action">): Hazard {
  return {
    ...loss,
    action: "update",
    find: (change, context) => (change.action === "update" ? loss.find(change, context) : undefined),
  };
}
