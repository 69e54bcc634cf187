import type { ReviewContext } from "../context.ts";
import type { PlannedChange } from "../plan/planned-change.ts";

/** What a change of one kind of resource means, one sentence each. What it destroys is told by the guard. */
export interface ImpactDescription {
  readonly types: readonly string[];
  readonly describe: (change: PlannedChange, context: ReviewContext) => readonly string[];
}
