import type { Graph } from "../graph/index.ts";
import { labels, type MeshObject, objects, selects } from "./objects.ts";

/** The namespace of the pods that the gateway selects, where the input holds what makes them. */
export function workloadNamespace(graph: Graph, gateway: MeshObject): string | undefined {
  const selector = labels(gateway.spec, "selector");
  if (selector.size === 0) return undefined;
  const pods = objects(graph, "apps/Deployment", "apps/DaemonSet").filter((each) =>
    selects(selector, labels(each.spec, "template.metadata.labels")),
  );
  const namespaces = new Set(pods.map(({ namespace }) => namespace));
  const [only] = namespaces;
  return namespaces.size === 1 && only !== "" ? only : undefined;
}
