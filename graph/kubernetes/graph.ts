import type { Graph } from "../graph.ts";
import { ResourceGraph } from "../resource-graph.ts";
import { parseManifests } from "./documents.ts";
import { inputOf, merged } from "./manifests.ts";

/** The graph of Kubernetes YAML in memory, by file name: one input, as a folder of manifests is. */
export async function graphFromManifests(files: { readonly [name: string]: string }): Promise<Graph> {
  const inputs = await Promise.all(
    Object.entries(files).map(async ([name, yaml]) => inputOf(await parseManifests(name, yaml), name)),
  );
  return new ResourceGraph([merged(Object.keys(files).join(", "), inputs)]);
}
