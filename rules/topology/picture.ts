import type { Resource } from "../../graph/index.ts";

/** A box of the picture. */
export interface Node {
  readonly id: string;
  /** Undefined where the input names it without defining it. */
  readonly resource: Resource | undefined;
  readonly layer: Layer;
  /** Lines of the box, the first one bold. */
  readonly lines: readonly string[];
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export type Layer = "edge" | "services" | "network" | "data";

export interface Topology {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}
