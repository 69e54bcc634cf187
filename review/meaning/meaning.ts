import type { PlannedChange } from "../plan/planned-change.ts";
import type { Surroundings } from "../surroundings.ts";

/** What a change of one kind of resource means, one sentence each. What it destroys is told by the guard. */
export interface Meaning {
  readonly types: readonly string[];
  readonly tell: (change: PlannedChange, around: Surroundings) => readonly string[];
}
