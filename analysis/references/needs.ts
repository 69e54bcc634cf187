import type { Graph, Reference, Resource, Value } from "../../graph/index.ts";
import { resourceType, resourceTypes, type Server } from "../../resources/index.ts";
import { list } from "../lists.ts";
import { memoize } from "../memoize.ts";
import { type Variable, variables, type Workload } from "../workload/index.ts";
import { connectionIn } from "./connections.ts";
import { nameOf, shortName } from "./names.ts";
import { endpointOf, references } from "./text.ts";

/** Something with an address of its own that a workload connects to. */
export interface Need {
  readonly kind: Server["kind"];
  readonly target: Resource;
  /** The via: over TCP to an address, or through the Cloud SQL socket or library. */
  readonly via: "address" | "connector";
  /** True where only a workload inside the VPC network reaches it. */
  readonly internal: boolean;
  /** Where the workload names it, for messages. */
  readonly place: string;
}

const serverTypes = resourceTypes.filter(({ server }) => server !== undefined).map(({ type }) => type);

/** Every server that the environment and the volumes of the workload name, each once per path. */
export function needsOf(graph: Graph, workload: Workload): readonly Need[] {
  const known = found.get(workload) ?? findNeeds(graph, workload);
  found.set(workload, known);
  return known;
}

const found = new WeakMap<Workload, readonly Need[]>();

function findNeeds(graph: Graph, workload: Workload): readonly Need[] {
  const all: Need[] = [];
  const add = (need: Need | undefined): void => {
    if (need !== undefined && !all.some(({ target, via }) => target === need.target && via === need.via))
      all.push(need);
  };
  for (const variable of variables(workload))
    for (const need of needsOfVariable(graph, workload, variable)) add(need);
  for (const volume of workload.sqlVolumes) {
    for (const instance of volume.instances) {
      const target = graph.target(instance, ["google_sql_database_instance"], workload.resource);
      if (target.kind === "resource") add(need(target.resource, "connection_name", VOLUME));
    }
  }
  for (const [server, name] of nfsServers(workload))
    for (const found of fromReferences(graph, references(server), `volume ${name}`, workload.resource))
      add(found);
  // Beside an address the connection name is information: the workload connects to the address.
  return all.filter(
    ({ via, target, place }) =>
      via === "address" ||
      place === VOLUME ||
      !all.some((other) => other.via === "address" && other.target === target),
  );
}

function nfsServers({ volumes }: Workload): [server: Value | undefined, name: string][] {
  return volumes.flatMap((volume) =>
    volume
      .blocks("nfs")
      .map((nfs): [Value | undefined, string] => [
        nfs.get("server"),
        JSON.stringify(volume.string("name") ?? "nfs"),
      ]),
  );
}

const VOLUME = "its Cloud SQL volume";

export function needsOfVariable(graph: Graph, workload: Workload, variable: Variable): Need[] {
  if (variable.value === undefined) return [];
  const place = `environment variable ${variable.name}`;
  const referred = fromReferences(graph, references(variable.value), place, workload.resource);
  if (referred.length > 0) return referred;
  const connection = connectionIn(variable.name, variable.value);
  if (connection !== undefined) {
    const target = graph.target(connection, ["google_sql_database_instance"], workload.resource);
    return target.kind === "resource" ? [need(target.resource, "connection_name", place) ?? []].flat() : [];
  }
  const endpoint = endpointOf(variable.value);
  if (endpoint === undefined) return [];
  return named(graph, endpoint.host, place, workload.resource);
}

function fromReferences(graph: Graph, refs: readonly Reference[], place: string, from: Resource): Need[] {
  const choices = new Set(refs.flatMap(({ attribute }) => (/ip_address/.test(attribute) ? [attribute] : [])));
  return refs.flatMap(({ address, attribute }) => {
    const resource = graph.at(address, from);
    // A choice between a private and a public address is made when the instance is known.
    if (resource === undefined || (choices.has(attribute) && choices.size > 1)) return [];
    if (resource.type === "google_dns_record_set") return fromRecord(graph, resource, place);
    return resourceType(resource.type)?.server?.address.test(attribute) === true
      ? (need(resource, attribute, place) ?? [])
      : [];
  });
}

function need(target: Resource, attribute: string, place: string): Need | undefined {
  const kind = resourceType(target.type)?.server?.kind;
  if (kind === undefined || target.mode !== "managed") return undefined;
  const via = attribute === "connection_name" ? "connector" : "address";
  return { kind, target, via, internal: isInternal(target, attribute), place };
}

/** Only Cloud SQL and AlloyDB have public addresses as well. */
function isInternal(instance: Resource, attribute: string): boolean {
  if (instance.type !== "google_sql_database_instance") return true;
  if (attribute.startsWith("private_ip_address")) return true;
  if (attribute.startsWith("public_ip_address")) return false;
  return (
    instance.boolean("settings.ip_configuration.ipv4_enabled") === false &&
    instance.get("settings.ip_configuration.private_network") !== undefined
  );
}

function fromRecord(graph: Graph, record: Resource, place: string): Need[] {
  return list(record.get("rrdatas")).flatMap((value) => {
    const through = `${place}, the DNS name ${record.string("name") ?? record.address}`;
    const found = fromReferences(graph, references(value), through, record);
    return found.length > 0 || typeof value !== "string" ? found : named(graph, value, through, record);
  });
}

/** What a host name or literal address leads to: a DNS record of the input, or a server whose address is known. */
function named(graph: Graph, host: string, place: string, from: Resource): Need[] {
  const resource = resourceAt(graph, host, from);
  if (resource === undefined || resource === from) return [];
  if (resource.type === "google_dns_record_set") return fromRecord(graph, resource, place);
  const attribute = literalAddresses(resource).find(([, value]) => value === host)?.[0] ?? "host";
  return [need(resource, attribute, place) ?? []].flat();
}

/** The DNS record of the input that answers for a host name. */
export function recordOf(graph: Graph, host: string, from: Resource): Resource | undefined {
  const resource = resourceAt(graph, host, from);
  return resource?.type === "google_dns_record_set" ? resource : undefined;
}

/** Environments that are verified together may use the same host names and private addresses. */
function resourceAt(graph: Graph, host: string, from: Resource): Resource | undefined {
  const candidates = hosts(graph).get(host.replace(/\.$/, "")) ?? [];
  return graph.closest(candidates, from) ?? candidates.findLast((other) => graph.together(other, from));
}

const hosts = memoize((graph: Graph): ReadonlyMap<string, readonly Resource[]> => {
  const index = new Map<string, Resource[]>();
  const add = (host: string, resource: Resource): void => {
    index.set(host, [...(index.get(host) ?? []), resource]);
  };
  for (const record of graph.all("google_dns_record_set")) {
    const name = record.string("name")?.toLowerCase().replace(/\.$/, "");
    if (name !== undefined) add(name, record);
  }
  for (const server of graph.all(...serverTypes)) {
    for (const [, value] of literalAddresses(server)) add(value, server);
  }
  return index;
});

function literalAddresses(server: Resource): [string, string][] {
  const attributes = [
    "host",
    "read_endpoint",
    "private_ip_address",
    "public_ip_address",
    "network_interface.network_ip",
  ];
  return attributes.flatMap((attribute): [string, string][] => {
    const value = server.get(attribute);
    return typeof value === "string" && value !== "" ? [[attribute, value]] : [];
  });
}

/** What to call a server in a message. */
export function serverLabel(need: Need): string {
  const { type } = need.target;
  const words: Readonly<Record<string, string>> = {
    google_sql_database_instance: "Cloud SQL instance",
    google_compute_instance: "VM",
  };
  const name = nameOf(need.target);
  return `${words[type] ?? resourceType(type)?.label} ${name === undefined ? need.target.address : `"${shortName(name)}"`}`;
}
