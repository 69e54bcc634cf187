import type { Graph } from "../graph/index.ts";
import type { PlannedChange } from "./plan/planned-change.ts";

/** Everything that exists before and after all plans. */
export interface ReviewContext {
  readonly before: Graph;
  readonly after: Graph;
  /** Changes of all stacks, those that change nothing included. */
  readonly changes: readonly PlannedChange[];
  /** Names of the services and jobs that use the resource as it is now; empty where there are none. */
  readonly users: (change: PlannedChange) => readonly string[];
  /** Whether the configuration contains the block; undefined where it is unknown. */
  readonly writes: (change: PlannedChange, block: string) => boolean | undefined;
}
