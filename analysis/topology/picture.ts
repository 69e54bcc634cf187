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

/** Labelled arrows of one box into the data below it that are told apart without help. */
const FEW = 2;

/**
 * The boxes that so many labelled arrows leave for the data that the labels would crowd: there variables that begin alike are one label,
 * and each arrow has the colour of its target.
 */
export function crowdedBoxes(
  nodes: readonly Node[],
  arrows: readonly Omit<MergedEdge, "kind">[],
): ReadonlySet<string> {
  const data = new Set(nodes.flatMap(({ id, layer }) => (layer === "data" ? [id] : [])));
  const counts = new Map<string, number>();
  for (const { from, to, labels } of arrows)
    if (labels.length > 0 && data.has(to)) counts.set(from, (counts.get(from) ?? 0) + 1);
  return new Set([...counts].flatMap(([id, count]) => (count > FEW ? [id] : [])));
}

/** Variables that begin alike as one: "ORDERS_..." of ORDERS_CLOUD_SQL_INSTANCE and ORDERS_POSTGRES_HOST. */
export function shortLabels(labels: readonly string[]): string[] {
  const isVariable = (label: string): boolean => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(label);
  const variables = labels.filter(isVariable).map((label) => label.split("_"));
  const [first = [], ...others] = variables;
  const differs = first.findIndex((word, index) => others.some((words) => words[index] !== word));
  if (others.length === 0 || differs < 1) return [...labels];
  return [...labels.filter((label) => !isVariable(label)), `${first.slice(0, differs).join("_")}_...`];
}

export type Layer = "edge" | "services" | "network" | "data";

export interface Topology {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}
