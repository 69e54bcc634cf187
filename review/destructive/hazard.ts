import type { ReviewContext } from "../context.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import type { AcknowledgedAction } from "../review.ts";

/** One way in which a change loses data, traffic or protection. docs/REVIEW.md lists them all. */
export interface Hazard {
  /** Types of resources that it is about; "all" for every one. */
  readonly types: readonly string[] | "all";
  /** The word that the acknowledgement needs. */
  readonly action: AcknowledgedAction;
  /** The change, in words: "tier or edition changed". */
  readonly what: string;
  /** What is lost by it. */
  readonly why: string;
  /** What is lost here, one sentence; undefined where nothing is. */
  readonly find: (change: PlannedChange, context: ReviewContext) => string | undefined;
}

/** What a change in place loses: it must update the resource. */
export function onUpdate(loss: Omit<Hazard, "action">): Hazard {
  return {
    ...loss,
    action: "update",
    find: (change, context) => (change.action === "update" ? loss.find(change, context) : undefined),
  };
}
