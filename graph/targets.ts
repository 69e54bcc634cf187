import { collectionsOf, nameAttributeOf, typesOfKind } from "../resources/index.ts";
import { isNearMiss, nearestTo } from "../values/nearest.ts";
import { lastIndex, lastSegment, withoutIndexes } from "./addresses.ts";
import type { Graph, GraphOptions, Target } from "./graph.ts";
import { type Identity, identityOf } from "./identity.ts";
import type { Resource } from "./resource.ts";
import { isUnknown, Unknown, type Value } from "./value.ts";

/** References through more resources than this are not followed. */
const maxReferenceDepth = 5;

/** Resources of some types in one project, among which a name is looked up. */
interface Peers {
  readonly inProject: readonly Resource[];
  /** Those anywhere whose name is not known. */
  readonly nameless: readonly Resource[];
}

/** Finds what values lead to. */
export class Targets {
  readonly #graph: Graph;
  /** By type and short name. */
  readonly #named = new Map<string, Map<string, Resource[]>>();
  readonly #peers = new Map<string, Peers>();
  readonly #projectKeys = new Map<Resource, string>();
  readonly #external = new Set<string>();
  readonly #whole: boolean;
  /** By module and types. */
  readonly #only = new Map<string, Resource | undefined>();

  constructor(graph: Graph, { external = [], whole = false }: GraphOptions) {
    this.#graph = graph;
    this.#whole = whole;
    for (const declared of external) {
      const [kind = "", ...name] = declared.split(":");
      for (const type of typesOfKind(kind)) this.#external.add(`${type}:${name.join(":")}`);
    }
  }

  add(resource: Resource): void {
    const name = nameOf(resource);
    if (typeof name !== "string") return;
    const names = this.#named.get(resource.type) ?? new Map<string, Resource[]>();
    this.#named.set(resource.type, names);
    const same = names.get(lastSegment(name));
    if (same === undefined) names.set(lastSegment(name), [resource]);
    else same.push(resource);
  }

  find(value: Value | undefined, types: readonly string[], from: Resource, steps = 0): Target {
    if (value === undefined || value === null) return unknown("nothing is written there");
    const identity = identityOf(value, collectionsOf(types));
    if (isUnknown(value)) {
      const referred = this.#referred(naming(value), types, from, steps);
      if (referred.kind === "resource" || identity === undefined) return referred;
    }
    if (identity !== undefined) return this.#byName(identity, types, from);
    return unknown(
      typeof value === "string" ? `"${value}" is not the id of a ${types[0]}` : "it is not a name",
    );
  }

  /** The one resource of the types that a value known after apply comes from. */
  #referred(value: Unknown, types: readonly string[], from: Resource, steps: number): Target {
    const [reference, ...more] = value.references;
    if (reference === undefined || more.some(({ address }) => address !== reference.address))
      return unknown(value.why);
    const { address, attribute } = reference;
    // A plan does not show which instance `each.key` selects; the key of the referring instance is the likely one.
    const resource = this.#graph.at(address, from) ?? this.#graph.at(address + lastIndex(from.address), from);
    const inModule =
      resource === undefined && attribute === "" ? this.#onlyIn(address, types, from) : undefined;
    if (inModule !== undefined) return { kind: "resource", resource: inModule };
    if (resource === undefined || resource === from) return unknown(value.why);
    if (types.includes(resource.type)) {
      return resource.mode === "managed"
        ? { kind: "resource", resource }
        : this.#created(resource, types, steps);
    }
    const next = attribute === "" || steps >= maxReferenceDepth ? undefined : resource.get(attribute);
    return next === undefined
      ? unknown(`it comes from ${resource.address}`)
      : this.find(next, types, resource, steps + 1);
  }

  /**
   * The only resource of the types in a module. Where its key is an expression a plan shows which module
   * an output is of, but not which output.
   */
  #onlyIn(address: string, types: readonly string[], from: Resource): Resource | undefined {
    if (!/(?:^|\.)module\.[^.]+$/.test(withoutIndexes(address))) return undefined;
    for (const module of [address + lastIndex(from.address), address]) {
      const key = `${this.#graph.key(module, from)} ${types.join()}`;
      if (!this.#only.has(key)) {
        const inside = this.#graph
          .all(...types)
          .filter((resource) => this.#graph.together(resource, from) && isWithin(resource.address, module));
        this.#only.set(key, inside.length === 1 ? inside[0] : undefined);
      }
      const only = this.#only.get(key);
      if (only !== undefined) return only;
    }
    return undefined;
  }

  /** A data source may read what the same input creates: then the target is that resource. */
  #created(source: Resource, types: readonly string[], steps: number): Target {
    const name = nameOf(source);
    const found =
      name === undefined || steps >= maxReferenceDepth
        ? undefined
        : this.find(name, types, source, steps + 1);
    return found?.kind === "resource" ? found : unknown(`${source.address} is read, not created, here`);
  }

  #byName(identity: Identity, types: readonly string[], from: Resource): Target {
    const { name } = identity;
    const project = identity.project ?? (identity.isPartial ? undefined : this.#projectKey(from));
    const sameName = types.flatMap((type) => this.#named.get(type)?.get(name) ?? []);
    const inProject = sameName.filter((resource) => {
      const own = this.#projectKey(resource);
      return own === project || project === undefined || !isKnownKey(own) || !isKnownKey(project);
    });
    const here = inProject.filter((resource) => {
      const region = this.#graph.region(resource);
      return identity.location === undefined || region === undefined || region === identity.location;
    });
    if (here.length === 0) return this.#absent(identity, project, types, inProject[0]);
    const resource = this.#graph.closest(here, from);
    return resource === undefined
      ? unknown(`several resources are named "${name}"`)
      : { kind: "resource", resource };
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
    if (!this.#graph.complete) return unknown(this.#graph.unread[0] ?? "a part of the input was not read");
    if (name === "default" && types.some((type) => /_(sub)?network$/.test(type)))
      return unknown("default networks exist outside");
    if (identity.isPartial) return unknown(`the project of "${name}" is not known`);
    const { inProject, nameless } = this.#peersOf(types, project);
    if (inProject.length === 0) return unknown(`no ${types.join(" or ")} of that project is defined here`);
    const maybe = nameless.find((resource) => couldBe(name, nameOf(resource)));
    if (maybe !== undefined) return unknown(`the name of ${maybe.address} is not known, it may be "${name}"`);
    const nearest = elsewhere ?? nearestTo(name, inProject, (peer) => lastSegment(String(nameOf(peer))));
    const isDeleted = this.#graph.removed.some((gone) => types.includes(gone.type) && nameOf(gone) === name);
    const isNear = nearest !== undefined && isNearMiss(name, lastSegment(String(nameOf(nearest))));
    const certain = this.#whole || isDeleted || elsewhere !== undefined || isNear;
    return { kind: "missing", name, nearest, certain };
  }

  #peersOf(types: readonly string[], project: string | undefined): Peers {
    const key = `${types.join()} ${project}`;
    const known = this.#peers.get(key);
    if (known !== undefined) return known;
    const all = this.#graph.all(...types);
    const found: Peers = {
      inProject: all.filter(
        (resource) => typeof nameOf(resource) === "string" && this.#projectKey(resource) === project,
      ),
      nameless: all.filter((resource) => isUnknown(nameOf(resource))),
    };
    this.#peers.set(key, found);
    return found;
  }

  /** Resources with the same key are in the same project, even where its id is known only after the apply. */
  #projectKey(resource: Resource): string {
    const known = this.#projectKeys.get(resource);
    if (known !== undefined) return known;
    // While it is computed: a data source of a project may state that project by itself.
    this.#projectKeys.set(resource, "(pending)");
    const key = this.#graph.project(resource) ?? this.#unknownProject(resource);
    this.#projectKeys.set(resource, key);
    return key;
  }

  #unknownProject(resource: Resource): string {
    const value = resource.get("project") ?? resource.provider.get("project");
    if (!isUnknown(value)) return "(default)";
    const [reference] = value.references;
    const read = reference === undefined ? undefined : this.#graph.at(reference.address, resource);
    const isProject = read?.mode === "data" && /^google_(?:project|client_config)$/.test(read.type);
    // A data source that states no project reads the one of its provider.
    if (
      read !== undefined &&
      isProject &&
      read.get("project_id") === undefined &&
      value.references.length === 1
    ) {
      return this.#projectKey(read);
    }
    const references = value.references.map(
      ({ address, attribute }) => `${this.#graph.key(address, resource)}.${attribute}`,
    );
    return `(${references.join(" ")}${value.why})`;
  }
}

function isWithin(address: string, module: string): boolean {
  return address.startsWith(`${module}.`) || address.startsWith(`${module}[`);
}

/** The unknown piece of a half-known string that names something whole: `serviceAccount:…`, `projects/…/secrets/…/versions/1`. */
function naming(value: Unknown): Unknown {
  const at = value.parts.findLastIndex((part) => isUnknown(part));
  const [before = "", part = value, after = ""] =
    at < 0 ? [] : [value.parts[at - 1], value.parts[at], value.parts[at + 1]];
  const stands =
    typeof before === "string" &&
    /(?:^|[/:])$/.test(before) &&
    typeof after === "string" &&
    /^(?:\/|$)/.test(after);
  return stands && isUnknown(part) ? part : notNamed;
}

const notNamed = new Unknown([], "only a piece of its name is known");

/** True where the known pieces of an unknown name allow that it is this one. */
function couldBe(name: string, unknownName: Value | undefined): boolean {
  if (!isUnknown(unknownName)) return false;
  const [first, last] = [unknownName.parts[0], unknownName.parts.at(-1)];
  return (
    (typeof first !== "string" || name.startsWith(first)) && (typeof last !== "string" || name.endsWith(last))
  );
}

/** The name of the resource, known or unknown; undefined where Google or the provider makes one up. */
function nameOf(resource: Resource): Value | undefined {
  const attribute = nameAttributeOf(resource.type);
  return attribute === undefined ? undefined : resource.get(attribute);
}

function isKnownKey(project: string): boolean {
  return !project.startsWith("(");
}

function unknown(why: string): Target {
  return { kind: "unknown", why };
}
