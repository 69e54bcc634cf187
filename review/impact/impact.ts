import type { ReviewContext } from "../context.ts";
import type { PlannedChange } from "../plan/planned-change.ts";

/** Describes the impact of changes to some types, one sentence each. What is lost is described by the hazards. */
export interface ImpactDescription {
  readonly types: readonly string[];
  readonly describe: (change: PlannedChange, context: ReviewContext) => readonly string[];
}
