import { type Graph, isUnknown, type Resource, type Unknown, type Value } from "../../graph/index.ts";

/** Equal keys are certainly the same VPC network; different keys may be. */
export type NetworkKey = Resource | string;

export const networkTypes: readonly string[] = ["google_compute_network"];

/** The network that a value names, however it is written; undefined where it is not certain. */
export function networkKey(graph: Graph, value: Value | undefined, from: Resource): NetworkKey | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const target = graph.target(value, networkTypes, from);
  if (target.kind === "resource") return target.resource;
  if (typeof value === "string") return literalKey(graph, value, from);
  return isUnknown(value) ? (readKey(graph, value, from) ?? referenceKey(graph, value, from)) : undefined;
}

/** A network that a data source reads by its name is the one that others name in text. */
function readKey(graph: Graph, value: Unknown, from: Resource): string | undefined {
  const [only, ...more] = value.references;
  const read = only === undefined || more.length > 0 ? undefined : graph.at(only.address, from);
  const name = read?.mode === "data" && networkTypes.includes(read.type) ? read.string("name") : undefined;
  return read === undefined || name === undefined ? undefined : literalKey(graph, name, read);
}

/** The network that Google takes for a resource that names none. */
export function defaultNetworkKey(graph: Graph, from: Resource): NetworkKey | undefined {
  return networkKey(graph, "default", from);
}

function literalKey(graph: Graph, text: string, from: Resource): string {
  const [, project] = /projects\/([^/]+)\//.exec(text) ?? [];
  const name = text.slice(text.lastIndexOf("/") + 1);
  return `${project ?? projectKey(graph, from)}/${name}`;
}

function projectKey(graph: Graph, from: Resource): string {
  const known = graph.project(from);
  if (known !== undefined) return known;
  const value = from.get("project") ?? from.provider.get("project");
  const key = isUnknown(value) ? unknownKey(value) : undefined;
  return key === undefined ? "(the provider's project)" : graph.key(key, from);
}

/** Two unknown values with the same pieces, and at least one reference in them, are the same value. */
function referenceKey(graph: Graph, value: Unknown, from: Resource): string | undefined {
  const key = unknownKey(value);
  // Addresses and variables of two stacks may have the same names.
  return key === undefined ? undefined : graph.key(key, from);
}

/** Attributes that all name the same network: of the network itself, and of modules that make one. */
const IDENTIFYING = /^(network_)?(id|name|self_link)$/;

function unknownKey(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (!isUnknown(value)) return undefined;
  if (value.parts.length > 0) {
    const parts = value.parts.map((part) => unknownKey(part));
    return parts.includes(undefined) ? undefined : parts.join("");
  }
  const [only, ...more] = value.references;
  // An element of a list or map whose key is not known reads like any other element of it.
  if (only === undefined || more.length > 0 || /\b(each|count)\b/.test(value.why)) return undefined;
  return `\${${only.address}.${only.attribute.replace(IDENTIFYING, "")}}`;
}
