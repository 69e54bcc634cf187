import type { Graph } from "../../graph/index.ts";
import { readers } from "./workload-readers.ts";
import type { Variable, Workload } from "./workload-shape.ts";

const read = new WeakMap<Graph, readonly Workload[]>();

/** Every workload of the input; read once, because most rules of the family ask for it. */
export function workloads(graph: Graph): readonly Workload[] {
  const known = read.get(graph);
  if (known !== undefined) return known;
  const found = Object.entries(readers).flatMap(([type, reader]) => graph.all(type).map(reader));
  read.set(graph, found);
  return found;
}

/** All variables of all containers. */
export function variables(workload: Workload): readonly Variable[] {
  return workload.containers.flatMap((container) => container.env);
}

export { list } from "./lists.ts";
export type * from "./workload-shape.ts";
