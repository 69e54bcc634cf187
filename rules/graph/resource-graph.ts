import { isUnknown, type Resource, type Target, type Value } from "./graph.ts";
import { type Identity, identityOf } from "./identity.ts";
import type { Graph, GraphOptions } from "./index.ts";
import { collectionsOf, nameAttribute, typesOfKind } from "./kinds.ts";
import { nearestTo } from "./nearest.ts";

/** What one input gave: a root module, a stack, a plan, a state. Addresses are its own. */
export interface Input {
  readonly resources: readonly Resource[];
  /** What was not read: where there is something, nothing counts as missing. */
  readonly notes: readonly string[];
}

/** The look-ups by address within one input. */
interface Addresses {
  readonly exact: Map<string, Resource>;
  /** By address without any index. */
  readonly instances: Map<string, Resource[]>;
}

/** The graph over the resources that readers have made; its indexes are built once. */
export class ResourceGraph implements Graph {
  readonly notes: readonly string[];
  readonly complete: boolean;
  readonly #all: Resource[] = [];
  readonly #byType = new Map<string, Resource[]>();
  readonly #dataByType = new Map<string, Resource[]>();
  readonly #addresses: Addresses[] = [];
  readonly #inputOf = new Map<Resource, Addresses>();
  /** By type and short name. */
  readonly #named = new Map<string, Map<string, Resource[]>>();
  readonly #external = new Set<string>();

  constructor(inputs: readonly Input[], options: GraphOptions = {}) {
    this.notes = inputs.flatMap((input) => input.notes);
    this.complete = this.notes.length === 0;
    for (const declared of options.external ?? []) {
      const [kind = "", ...name] = declared.split(":");
      for (const type of typesOfKind(kind)) this.#external.add(`${type}:${name.join(":")}`);
    }
    for (const input of inputs) this.#add(input);
  }

  #add(input: Input): void {
    const addresses: Addresses = { exact: new Map(), instances: new Map() };
    this.#addresses.push(addresses);
    for (const resource of input.resources) {
      this.#inputOf.set(resource, addresses);
      addresses.exact.set(resource.address, resource);
      push(addresses.instances, withoutIndexes(resource.address), resource);
      push(resource.mode === "managed" ? this.#byType : this.#dataByType, resource.type, resource);
      if (resource.mode !== "managed") continue;
      this.#all.push(resource);
      this.#indexName(resource);
    }
  }

  all(...types: string[]): readonly Resource[] {
    return types.length === 0 ? this.#all : types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  data(...types: string[]): readonly Resource[] {
    const wanted = types.length === 0 ? [...this.#dataByType.keys()] : types;
    return wanted.flatMap((type) => this.#dataByType.get(type) ?? []);
  }

  at(address: string, from?: Resource): Resource | undefined {
    const own = from === undefined ? undefined : this.#inputOf.get(from);
    for (const addresses of own === undefined ? this.#addresses : [own]) {
      const exact = addresses.exact.get(address);
      if (exact !== undefined) return exact;
      const instances = addresses.instances.get(withoutIndexes(address)) ?? [];
      const matching = instances.filter((instance) => agreeingIndexes(address, instance.address));
      if (matching.length === 1) return matching[0];
    }
    return undefined;
  }

  together(a: Resource, b: Resource): boolean {
    return this.#inputOf.get(a) === this.#inputOf.get(b);
  }

  project(resource: Resource): string | undefined {
    const own =
      resource.get("project") ??
      (resource.type === "google_project" ? resource.get("project_id") : undefined);
    const value = own ?? resource.provider.get("project");
    return typeof value === "string" ? value.replace(/^projects\//, "") : undefined;
  }

  region(resource: Resource): string | undefined {
    const own = resource.get("region") ?? resource.get("location");
    if (own !== undefined) return typeof own === "string" ? lastWord(own) : undefined;
    const zone = resource.get("zone");
    if (zone !== undefined)
      return typeof zone === "string" ? lastWord(zone).replace(/-[a-z]$/, "") : undefined;
    return resource.provider.string("region") ?? resource.provider.string("zone")?.replace(/-[a-z]$/, "");
  }

  target(value: Value | undefined, types: readonly string[], from: Resource): Target {
    if (value === undefined || value === null) return unknown("nothing is written there");
    const identity = identityOf(value, collectionsOf(types));
    if (isUnknown(value)) {
      const referred = this.#referred(value.parts.findLast((part) => isUnknown(part)) ?? value, types, from);
      if (referred.kind === "resource" || identity === undefined) return referred;
    }
    if (identity !== undefined) return this.#byName(identity, types, from);
    return unknown(
      typeof value === "string" ? `"${value}" is not the id of a ${types[0]}` : "it is not a name",
    );
  }

  /** The one resource of the types that a value known after apply comes from. */
  #referred(value: Value, types: readonly string[], from: Resource): Target {
    if (!isUnknown(value)) return unknown("it is not a reference");
    const addresses = new Set(value.references.map((reference) => reference.address));
    const [address] = addresses;
    if (address === undefined || addresses.size > 1) return unknown(value.why);
    const resource = this.at(address, from);
    if (resource === undefined) return unknown(value.why);
    if (!types.includes(resource.type)) return unknown(`it comes from ${resource.address}`);
    if (resource.mode === "managed") return { kind: "resource", resource };
    // A data source may read what the same input creates: then the resource is the better answer.
    const attribute = nameAttribute(resource.type);
    const name = attribute === undefined ? undefined : resource.string(attribute);
    const found = name === undefined ? undefined : this.target(name, types, resource);
    return found?.kind === "resource" && from !== found.resource
      ? found
      : unknown(`${address} is read, not created, here`);
  }

  #byName(identity: Identity, types: readonly string[], from: Resource): Target {
    const { name } = identity;
    const project = identity.project ?? (identity.partly ? undefined : this.#projectKey(from));
    const sameName = types.flatMap((type) => this.#named.get(type)?.get(name) ?? []);
    const inProject = sameName.filter((resource) => {
      const own = this.#projectKey(resource);
      return own === project || project === undefined || !isKnownKey(own) || !isKnownKey(project);
    });
    const here = inProject.filter((resource) => {
      const region = this.region(resource);
      return identity.location === undefined || region === undefined || region === identity.location;
    });
    const [only] = here;
    if (only !== undefined && here.length === 1) return { kind: "resource", resource: only };
    if (here.length > 1) return this.#closest(here, name, from);
    return this.#absent(identity, project, types, inProject[0]);
  }

  #closest(candidates: readonly Resource[], name: string, from: Resource): Target {
    const region = this.region(from);
    const near = candidates.filter((resource) => this.region(resource) === region);
    const [only] = near.length === 1 ? near : [];
    return only === undefined
      ? unknown(`several resources are named "${name}"`)
      : { kind: "resource", resource: only };
  }

  #absent(
    identity: Identity,
    project: string | undefined,
    types: readonly string[],
    elsewhere: Resource | undefined,
  ): Target {
    const { name } = identity;
    if (types.some((type) => this.#external.has(`${type}:${name}`)))
      return unknown(`"${name}" is declared external`);
    if (!this.complete) return unknown(this.notes[0] ?? "a part of the input was not read");
    if (name === "default" && types.some((type) => /_(sub)?network$/.test(type)))
      return unknown("default networks exist outside");
    if (identity.partly) return unknown(`the project of "${name}" is not known`);
    const peers = this.all(...types).filter((resource) => this.#projectKey(resource) === project);
    if (peers.length === 0) return unknown(`no ${types.join(" or ")} of that project is defined here`);
    const nameless = this.all(...types).find((resource) => shortName(resource) === undefined);
    if (nameless !== undefined)
      return unknown(`the name of ${nameless.address} is not known, it may be "${name}"`);
    return {
      kind: "missing",
      name,
      nearest: elsewhere ?? nearestTo(name, peers, (peer) => shortName(peer) ?? ""),
    };
  }

  /** Two resources with the same key are in the same project, even where it is only known after apply which one. */
  #projectKey(resource: Resource): string {
    const known = this.project(resource);
    if (known !== undefined) return known;
    const value = resource.get("project") ?? resource.provider.get("project");
    if (!isUnknown(value)) return "(default)";
    const [reference] = value.references;
    const read = reference === undefined ? undefined : this.at(reference.address, resource);
    // A data source that states no project reads the one of its provider.
    const readsDefault =
      read?.mode === "data" &&
      /^google_(?:project|client_config)$/.test(read.type) &&
      read.get("project_id") === undefined;
    if (read !== undefined && readsDefault && value.references.length === 1) return this.#projectKey(read);
    return `(${value.references.map((reference) => `${reference.address}.${reference.attribute}`).join(" ")}${value.why})`;
  }

  #indexName(resource: Resource): void {
    const name = shortName(resource);
    if (name === undefined) return;
    const names = this.#named.get(resource.type) ?? new Map<string, Resource[]>();
    this.#named.set(resource.type, names);
    push(names, name, resource);
  }
}

function shortName(resource: Resource): string | undefined {
  const attribute = nameAttribute(resource.type);
  const value = attribute === undefined ? undefined : resource.get(attribute);
  return typeof value === "string" ? lastWord(value) : undefined;
}

function isKnownKey(project: string): boolean {
  return !project.startsWith("(");
}

function unknown(why: string): Target {
  return { kind: "unknown", why };
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}

function withoutIndexes(address: string): string {
  return address.includes("[") ? address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "") : address;
}

/** True where the address states no index that contradicts the instance's. */
function agreeingIndexes(address: string, instance: string): boolean {
  const stated = address.match(/\[[^\]]*\]/g) ?? [];
  return stated.every((index) => instance.includes(index));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
