import type { VersionRange } from "../resources/versions.ts";
import { agrees, lastSegment, withoutIndexes } from "./addresses.ts";
import type { DroppedAttribute } from "./configuration/type-constraint.ts";
import type { Graph, GraphOptions, Target } from "./graph.ts";
import type { Input } from "./input.ts";
import { otherProviderNotes } from "./other-providers.ts";
import { assumedVersions, versionNotes } from "./provider-versions.ts";
import { observingReads } from "./reads.ts";
import type { Rejection } from "./rejection.ts";
import type { Resource } from "./resource.ts";
import { Targets } from "./targets.ts";
import type { Value } from "./value.ts";

/** The look-ups by address within one input. */
interface Addresses {
  /** Its position among the inputs. */
  readonly ordinal: number;
  readonly input: Input;
  readonly exact: Map<string, Resource>;
  /** By address without any index. */
  readonly instances: Map<string, Resource[]>;
  readonly undeclared: ReadonlySet<string>;
}

/** The graph over the resources that readers have made; its indexes are built once. */
export class ResourceGraph implements Graph {
  readonly unread: readonly string[];
  readonly gaveUp: readonly string[];
  readonly rejections: readonly Rejection[];
  readonly sensitive: ReadonlySet<string>;
  readonly notes: readonly string[];
  readonly complete: boolean;
  readonly removed: readonly Resource[];
  readonly #all: Resource[] = [];
  readonly #byType = new Map<string, Resource[]>();
  readonly #dataByType = new Map<string, Resource[]>();
  readonly #addresses: Addresses[] = [];
  readonly #inputOf = new Map<Resource, Addresses>();
  readonly #targets: Targets;

  constructor(inputs: readonly Input[], options: GraphOptions = {}) {
    this.unread = inputs.flatMap((input) => input.unread);
    this.sensitive = new Set(inputs.flatMap((input) => [...(input.sensitive ?? [])]));
    this.gaveUp = inputs.flatMap((input) => input.gaveUp ?? []);
    this.rejections = inputs.flatMap((input) => input.rejections ?? []);
    this.notes = [
      ...inputs.flatMap((input) => input.notes ?? []),
      ...otherProviderNotes(inputs),
      ...inputs.filter(isEmpty).map(({ name }) => `${name} defines no resource: nothing in it was checked.`),
      ...versionNotes(inputs),
    ];
    this.complete = this.unread.length + this.gaveUp.length + this.rejections.length === 0;
    this.removed = inputs.flatMap((input) => input.removed ?? []);
    this.#targets = new Targets(this, options);
    for (const input of inputs) this.#add(input);
  }

  #add(input: Input): void {
    const ordinal = this.#addresses.length;
    const addresses: Addresses = {
      ordinal,
      input,
      exact: new Map(),
      instances: new Map(),
      undeclared: new Set(input.undeclared),
    };
    this.#addresses.push(addresses);
    for (const resource of input.removed ?? []) this.#inputOf.set(resource, addresses);
    for (const resource of input.resources) {
      this.#inputOf.set(resource, addresses);
      addresses.exact.set(resource.address, resource);
      push(addresses.instances, withoutIndexes(resource.address), resource);
      push(resource.mode === "managed" ? this.#byType : this.#dataByType, resource.type, resource);
      if (resource.mode !== "managed") continue;
      this.#all.push(resource);
      this.#targets.add(resource);
    }
  }

  all(...types: string[]): readonly Resource[] {
    const [only, ...more] = types;
    if (only === undefined) return this.#all;
    const first = this.#byType.get(only) ?? [];
    return more.length === 0 ? first : first.concat(...more.map((type) => this.#byType.get(type) ?? []));
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
      const matching = address.includes("[")
        ? instances.filter((instance) => agrees(address, instance.address))
        : instances;
      if (matching.length === 1) return matching[0];
    }
    return undefined;
  }

  together(a: Resource, b: Resource): boolean {
    return this.#inputOf.get(a) === this.#inputOf.get(b);
  }

  undeclared(resource: Resource): readonly string[] {
    const undeclared = this.#inputOf.get(resource)?.undeclared;
    if (undeclared === undefined || undeclared.size === 0) return [];
    return [...resource.dependencies].filter((address) => undeclared.has(address)).sort();
  }

  key(address: string, from: Resource): string {
    return `${this.#inputOf.get(from)?.ordinal ?? ""} ${address}`;
  }

  dropped(resource: Resource): ReadonlyMap<string, readonly DroppedAttribute[]> {
    const dropped = this.#inputOf.get(resource)?.input.dropped;
    if (dropped === undefined || dropped.size === 0) return NONE_DROPPED;
    return new Map([...dropped].filter(([address]) => resource.dependencies.has(address)));
  }

  providerVersions(resource: Resource): VersionRange {
    return this.#statedVersions(resource) ?? assumedVersions(resource.providerSource);
  }

  isFromProvider(resource: Resource): boolean {
    return this.#inputOf.get(resource)?.input.isFromProvider === true;
  }

  statesProviderVersion(resource: Resource): boolean {
    return this.#statedVersions(resource) !== undefined;
  }

  #statedVersions(resource: Resource): VersionRange | undefined {
    return this.#inputOf.get(resource)?.input.providers?.get(resource.providerSource);
  }

  closest(candidates: readonly Resource[], from: Resource): Resource | undefined {
    if (candidates.length <= 1) return candidates[0];
    const [project, region] = [this.project(from), this.region(from)];
    const criteria: readonly ((resource: Resource) => boolean)[] = [
      (resource) => this.together(resource, from),
      (resource) => project !== undefined && this.project(resource) === project,
      (resource) => this.region(resource) === region,
    ];
    for (const meets of criteria) {
      const [only, ...more] = candidates.filter(meets);
      if (only !== undefined && more.length === 0) return only;
    }
    return undefined;
  }

  project(resource: Resource): string | undefined {
    // Looked at by many rules, few of which depend on it: not knowing it leaves no check open.
    const own = observingReads(
      undefined,
      () =>
        resource.get("project") ??
        (resource.type === "google_project" ? resource.get("project_id") : undefined),
    );
    const value = own ?? resource.provider.get("project");
    return typeof value === "string" ? value.replace(/^projects\//, "") : undefined;
  }

  region(resource: Resource): string | undefined {
    const own = resource.get("region") ?? resource.get("location");
    if (own !== undefined) return typeof own === "string" ? lastSegment(own) : undefined;
    const zone = resource.get("zone");
    if (zone !== undefined)
      return typeof zone === "string" ? lastSegment(zone).replace(/-[a-z]$/, "") : undefined;
    return resource.provider.string("region") ?? resource.provider.string("zone")?.replace(/-[a-z]$/, "");
  }

  target(value: Value | undefined, types: readonly string[], from: Resource): Target {
    return this.#targets.find(value, types, from);
  }
}

const NONE_DROPPED: ReadonlyMap<string, readonly DroppedAttribute[]> = new Map();

function isEmpty({ resources, removed = [], unread, gaveUp = [], rejections = [] }: Input): boolean {
  return [resources, removed, unread, gaveUp, rejections].every(({ length }) => length === 0);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
