import type { Graph } from "../../graph/index.ts";
import type { Waiver } from "../../rules/waivers.ts";

/** One thing to verify: what the rules look at together, and what was decided about it. */
export interface Subject {
  /** As the person named it. */
  readonly inputs: readonly string[];
  readonly graph: Graph;
  readonly waivers: readonly Waiver[];
  /** The file, with line where it is known, of what the graph calls an origin. */
  readonly place: (origin: string) => string;
}
