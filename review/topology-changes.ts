import { topology } from "../analysis/topology/topology.ts";
import type { Graph } from "../graph/index.ts";
import type { EdgeChange, Review } from "./review.ts";

/** Edges of the topology by the titles of their ends, so that the two sides compare. */
export function topologyChanges(before: Graph, after: Graph): Review["topology"] {
  const [old, now] = [edges(before), edges(after)];
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, edge]) => edge),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, edge]) => edge),
  };
}

function edges(graph: Graph): Map<string, EdgeChange> {
  const { nodes, edges } = topology(graph);
  const names = new Map(nodes.map(({ id, lines: [title = "", label = ""] }) => [id, `${label} ${title}`]));
  return new Map(
    edges
      .map(({ from, to, label }) => ({ from: names.get(from) ?? from, to: names.get(to) ?? to, label }))
      .map((edge): [string, EdgeChange] => [JSON.stringify([edge.from, edge.to, edge.label]), edge])
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}
