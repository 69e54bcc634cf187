import type { Graph, Resource, Value } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import type { Workload } from "../workload/index.ts";
import type { Edge, Node } from "./picture.ts";

const CONNECTOR = "google_vpc_access_connector";
const SUBNET = "google_compute_subnetwork";

/** Connectors and subnets that workloads enter and that the input names without defining them: others manage them. */
export function outsideNetworks(
  graph: Graph,
  running: readonly Workload[],
  ids: ReadonlyMap<Resource, string>,
): { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] } {
  const nodes = new Map<string, Node>();
  const edges: Edge[] = [];
  const enter = (from: Resource, value: Value | undefined, type: string): void => {
    // A short name may be of anything; an id says where it is.
    if (
      typeof value !== "string" ||
      !value.includes("/") ||
      graph.target(value, [type], from).kind !== "unknown"
    )
      return;
    const project = /(?:^|\/)projects\/([^/]+)\//.exec(value)?.[1];
    const node = nodes.get(value) ?? {
      id: `outside${nodes.size}`,
      resource: undefined,
      layer: "network" as const,
      lines: [
        value.slice(value.lastIndexOf("/") + 1),
        resourceType(type)?.label ?? type,
        ...(project === undefined ? [] : [`in ${project}`]),
        "managed by others",
      ],
    };
    nodes.set(value, node);
    edges.push({ from: ids.get(from) ?? "", to: node.id, label: "" });
  };
  for (const { resource, vpcAccess } of running) {
    enter(resource, vpcAccess.connector, CONNECTOR);
    for (const { subnetwork } of vpcAccess.interfaces) enter(resource, subnetwork, SUBNET);
  }
  return { nodes: [...nodes.values()], edges };
}
