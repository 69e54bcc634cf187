import type { Graph } from "../graph/index.ts";

/** Computes what several rules ask of the same graph only once. */
export function memoize<T>(compute: (graph: Graph) => T): (graph: Graph) => T {
  const results = new WeakMap<Graph, { readonly value: T }>();
  return (graph) => {
    const known = results.get(graph) ?? { value: compute(graph) };
    results.set(graph, known);
    return known.value;
  };
}
