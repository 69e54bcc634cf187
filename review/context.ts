import type { Graph } from "../graph/index.ts";
import type { PlannedChange } from "./plan/planned-change.ts";

/** What a change is judged against: everything that is there before and after all plans. */
export interface ReviewContext {
  readonly before: Graph;
  readonly after: Graph;
  /** Changes of all stacks, those that change nothing included. */
  readonly changes: readonly PlannedChange[];
  /** Names of the services and jobs that use the resource as it is now; empty where there are none. */
  readonly users: (change: PlannedChange) => readonly string[];
  /** Addresses of resources whose blocks, known to be written before, are no longer in the configuration. */
  readonly writes: (change: PlannedChange, block: string) => boolean | undefined;
}
