import type { Graph, Resource, Value } from "../../graph/index.ts";

/** The resource that a value leads to, where that is known. */
export function follow(
  graph: Graph,
  value: Value | undefined,
  types: readonly string[],
  from: Resource,
): Resource | undefined {
  const target = graph.target(value, types, from);
  return target.kind === "resource" ? target.resource : undefined;
}
