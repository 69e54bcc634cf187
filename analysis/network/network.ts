import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { meets, resourceType } from "../../resources/index.ts";
import { follow } from "../references/follow.ts";
import { shortName } from "../references/names.ts";
import type { Workload } from "../workload/index.ts";

/** A VPC network, as far as the input shows: a resource of the input, or the name of one outside. */
export interface Network {
  readonly resource: Resource | undefined;
  readonly name: string | undefined;
}

const NETWORK = ["google_compute_network"];
const SUBNETWORK = ["google_compute_subnetwork"];

/** The network that a value names; undefined where it cannot be known or does not exist. */
export function networkOf(graph: Graph, value: Value | undefined, from: Resource): Network | undefined {
  if (value === undefined || value === null) return undefined;
  const target = graph.target(value, NETWORK, from);
  if (target.kind === "resource") return { resource: target.resource, name: target.resource.string("name") };
  if (target.kind === "missing" && target.certain) return undefined;
  if (typeof value === "string") return { resource: undefined, name: shortName(value) };
  const [reference] = isUnknown(value) ? value.references : [];
  const read = reference === undefined ? undefined : graph.at(reference.address, from);
  const name = read?.mode === "data" && read.type === NETWORK[0] ? read.string("name") : undefined;
  return name === undefined ? undefined : { resource: undefined, name };
}

/** The network that Google takes where none is set. */
export const defaultNetwork: Network = { resource: undefined, name: "default" };

/** True where the two are certainly different networks: their names differ, or they are two resources. */
export function differ(a: Network | undefined, b: Network | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.name !== undefined && b.name !== undefined) return a.name !== b.name;
  return a.resource !== undefined && b.resource !== undefined && a.resource !== b.resource;
}

/** True where the two are certainly the same network. */
export function same(a: Network | undefined, b: Network | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.resource !== undefined && b.resource !== undefined) return a.resource === b.resource;
  return a.name !== undefined && a.name === b.name;
}

export function networkLabel(network: Network): string {
  return network.name === undefined
    ? (network.resource?.address ?? "unknown network")
    : `network "${network.name}"`;
}

/** How the packets of a workload enter a VPC network. */
export interface Attachment {
  readonly network: Network | undefined;
  /** The connector, where it goes through one that the input defines. */
  readonly connector: Resource | undefined;
  /** The subnet of the connector or of Direct VPC egress, where the input defines it. */
  readonly subnetwork: Resource | undefined;
  readonly direct: boolean;
  /** Network tags of Direct VPC egress. */
  readonly tags: readonly string[];
}

export function connectorSubnetwork(graph: Graph, connector: Resource): Resource | undefined {
  return follow(graph, connector.get("subnet.name"), SUBNETWORK, connector);
}

export function connectorNetwork(graph: Graph, connector: Resource): Network | undefined {
  const own = connector.get("network");
  if (own !== undefined && own !== "") return networkOf(graph, own, connector);
  return networkOfSubnet(graph, connectorSubnetwork(graph, connector));
}

function networkOfSubnet(graph: Graph, subnetwork: Resource | undefined): Network | undefined {
  return subnetwork && networkOf(graph, subnetwork.get("network"), subnetwork);
}

/** The network of the first interface of a VM or a template, which may name only the subnet of it. */
export function networkOfInterface(graph: Graph, machine: Resource): Network | undefined {
  const subnetwork = machine.get("network_interface.subnetwork");
  return (
    networkOf(graph, machine.get("network_interface.network"), machine) ??
    networkOfSubnet(graph, follow(graph, subnetwork, SUBNETWORK, machine))
  );
}

/** How the workload enters a VPC; undefined where it does not, or where that cannot be known. */
export function attachmentOf(graph: Graph, workload: Workload): Attachment | undefined {
  const { resource } = workload;
  if (workload.vpcAccess.connector !== undefined) {
    const connector = follow(graph, workload.vpcAccess.connector, ["google_vpc_access_connector"], resource);
    return {
      network: connector && connectorNetwork(graph, connector),
      connector,
      subnetwork: connector && connectorSubnetwork(graph, connector),
      direct: false,
      tags: [],
    };
  }
  const [first] = workload.vpcAccess.interfaces;
  if (first === undefined) return undefined;
  const subnetwork = follow(graph, first.subnetwork, SUBNETWORK, resource);
  return {
    network: networkOf(graph, first.network, resource) ?? networkOfSubnet(graph, subnetwork),
    connector: undefined,
    subnetwork,
    direct: true,
    tags: first.tags,
  };
}

/** The network on which a server has its private address. */
export function networkOfServer(graph: Graph, server: Resource): Network | undefined {
  const holder = holderOf(graph, server);
  const written = holder && networkAttribute(server, holder);
  if (holder !== undefined && written !== undefined) return networkOf(graph, written, holder);
  if (server.type === "google_compute_instance") return networkOfInterface(graph, server);
  return resourceType(server.type)?.server?.networkByDefault === true ? defaultNetwork : undefined;
}

/** The network that is written for a server; undefined where none is. */
export function networkAttribute(server: Resource, holder: Resource): Value | undefined {
  const paths = resourceType(server.type)?.server?.network ?? [];
  return paths.map((path) => holder.get(path)).find((value) => value !== undefined && value !== "");
}

/** What holds the network settings of a server: itself, or the cluster of which it is a part. */
export function holderOf(graph: Graph, server: Resource): Resource | undefined {
  const partOf = resourceType(server.type)?.server?.partOf;
  if (partOf === undefined) return server;
  const types = resourceType(server.type)?.references?.[partOf] ?? [];
  return follow(graph, server.get(partOf), types, server);
}

/** Whether a server takes its address through private services access; undefined where that is not known yet. */
export function isByPrivateServices(graph: Graph, server: Resource): boolean | undefined {
  const condition = resourceType(server.type)?.server?.privateServices;
  const holder = holderOf(graph, server);
  return condition !== undefined && holder !== undefined && meets(holder, condition);
}
