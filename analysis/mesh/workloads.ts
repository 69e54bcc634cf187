import type { Graph } from "../../graph/index.ts";
import { labels, type MeshObject, objects, selects } from "./objects.ts";

/** Pods, or what creates them: their namespace and labels. */
export interface Pods {
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** The pods that the gateway selects, where the input has them or what creates them. */
export function gatewayPods(graph: Graph, gateway: MeshObject): Pods[] {
  const selector = labels(gateway.spec, "selector");
  if (selector.size === 0) return [];
  return [
    ...objects(graph, "apps/Deployment", "apps/DaemonSet", "apps/StatefulSet").map((each) => ({
      namespace: each.namespace,
      labels: labels(each.spec, "template.metadata.labels"),
    })),
    ...objects(graph, "core/Pod").map((each) => ({
      namespace: each.namespace,
      labels: labels(each.metadata, "labels"),
    })),
  ].filter((pods) => selects(selector, pods.labels));
}

/** The namespace of the gateway's pods, where it is known and one. */
export function workloadNamespace(graph: Graph, gateway: MeshObject): string | undefined {
  const namespaces = new Set(gatewayPods(graph, gateway).map(({ namespace }) => namespace));
  const [only] = namespaces;
  return namespaces.size === 1 && only !== "" ? only : undefined;
}
