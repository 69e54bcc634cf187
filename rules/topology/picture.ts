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

/** An arrow with every way that it stands for: a socket, an address and a name lead to one database. */
export type MergedEdge<Of extends Edge = Edge> = Omit<Of, "label"> & { readonly labels: readonly string[] };

/** One arrow from one box to another. */
export function mergedEdges<Of extends Edge>(edges: readonly Of[]): MergedEdge<Of>[] {
  const arrows = new Map<string, MergedEdge<Of>>();
  for (const { label, ...edge } of edges) {
    const key = `${edge.from} ${edge.to}`;
    const { labels, ...first } = arrows.get(key) ?? { ...edge, labels: [] };
    arrows.set(key, { ...first, labels: label === "" ? labels : [...labels, label] } as MergedEdge<Of>);
  }
  return [...arrows.values()];
}

export type Layer = "edge" | "services" | "network" | "data";

export interface Topology {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}
