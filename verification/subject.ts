import type { Graph } from "../graph/index.ts";
import type { Waiver } from "../rules/waivers.ts";

/** One input of the rules, with its waivers. */
export interface Subject {
  /** The values of variables with which it is judged, where the same input is judged with several. @default none */
  readonly environment?: string;
  /** As given on the command line. */
  readonly inputs: readonly string[];
  readonly graph: Graph;
  readonly waivers: readonly Waiver[];
  /** What files next to it decide, and nothing else in the report shows, one sentence each. @default none */
  readonly notes?: readonly string[];
  /** The file, with line where it is known, of an origin of the graph. */
  readonly sourceLocation: (origin: string) => string;
}
