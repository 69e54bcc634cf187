import type { Attributes } from "../resources/index.ts";
import { Rest } from "./expression/values.ts";
import { observeRead } from "./reads.ts";
import { isUnknown, type Reference, type Unknown, type Value } from "./value.ts";

/**
 * A resource or a nested block. Paths are dotted ("template.vpc_access.connector"); a step into a
 * block that is written as a list takes its first element, so single blocks need no index.
 */
export class Block implements Attributes {
  readonly values: { readonly [key: string]: Value };
  readonly #owner: Block;
  /** From the owner to this block: "template.containers[1]."; empty for a resource. */
  readonly #prefix: string;

  constructor(values: { readonly [key: string]: Value }, owner?: Block, prefix = "") {
    this.values = values;
    this.#owner = owner ?? this;
    this.#prefix = prefix;
  }

  /** The value at the path: undefined where it is absent or null; Unknown where it, or a step towards it, is unknown. */
  get(path: string): Exclude<Value, null> | undefined {
    const value = this.#at(path);
    observeRead(this.#owner, this.#prefix + path, value);
    return value;
  }

  #at(path: string): Exclude<Value, null> | undefined {
    let value: Value | undefined = this.values;
    for (const step of stepsOf(path)) value = stepInto(value, step);
    return value ?? undefined;
  }

  /** The value at the path where it is a known string, or a number or boolean, of which Terraform makes one; undefined otherwise. */
  string(path: string): string | undefined {
    const value = this.get(path);
    if (typeof value === "string") return value;
    return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  }

  /** The value at the path where it is a known number, or a string that Terraform would read as one. */
  number(path: string): number | undefined {
    const value = this.get(path);
    if (typeof value === "number") return value;
    if (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
    return undefined;
  }

  /** The value at the path where it is a known boolean, or the string "true" or "false". */
  boolean(path: string): boolean | undefined {
    const value = this.get(path);
    if (typeof value === "boolean") return value;
    return value === "true" ? true : value === "false" ? false : undefined;
  }

  /** How many entries the list or repeated block at the path has; undefined where it is absent or that is not known. */
  entries(path: string): number | undefined {
    const value = this.get(path);
    if (value === undefined || isUnknown(value)) return undefined;
    if (!Array.isArray(value)) return 1;
    return value.some((entry) => entry instanceof Rest) ? undefined : value.length;
  }

  /** True where the value, or a step towards it, is known only after the apply. */
  isUnknown(path: string): boolean {
    return isUnknown(this.get(path));
  }

  /** True where it is unknown and may turn out to be null or empty: a variable, unlike the id of a resource. */
  mayBeNull(path: string): boolean {
    const value = this.get(path);
    if (Array.isArray(value)) return value.length > 0 && value.every((entry) => entry instanceof Rest);
    return isUnknown(value) && !value.references.some(isOfResource);
  }

  /** The known pieces of a string, in order: one where all of it is known, none where nothing is. */
  pieces(path: string): readonly string[] {
    const value = this.get(path);
    const parts = isUnknown(value) ? value.parts : [value];
    return parts.filter((part) => typeof part === "string" && part !== "") as string[];
  }

  /** The blocks at the path, whether written as one object or as a list; unknown elements are left out (see `get`). */
  blocks(path: string): Block[] {
    const value = this.get(path);
    if (value === undefined) return [];
    const list = Array.isArray(value) ? (value as readonly Value[]) : [value];
    return list.flatMap((item, index) => {
      if (typeof item !== "object" || item === null || isUnknown(item) || Array.isArray(item)) return [];
      const place = `${this.#prefix}${path}${list.length > 1 ? `[${index}]` : ""}.`;
      return [new Block(item as { readonly [key: string]: Value }, this.#owner, place)];
    });
  }
}

/** The value of one step; unknown where the value is. */
function stepInto(from: Value | undefined, step: string): Value | undefined {
  const value: Value | undefined = Array.isArray(from) ? from[0] : from;
  if (value === undefined || value === null || isUnknown(value)) return value;
  return typeof value === "object" ? (value as { readonly [key: string]: Value })[step] : undefined;
}

const knownSteps = new Map<string, readonly string[]>();

/** Rules ask every resource for the same few paths. */
function stepsOf(path: string): readonly string[] {
  const known = knownSteps.get(path);
  if (known !== undefined) return known;
  const steps = path.split(".");
  if (knownSteps.size < 10_000) knownSteps.set(path, steps);
  return steps;
}

/** The attribute itself of a resource, which is there after the apply; a function or a condition may make null of it. */
function isOfResource({ address, attribute }: Reference): boolean {
  return /(?:^|\.)google_\w+\.[^.]+$/.test(address) && !attribute.endsWith("()");
}

/** What a plan does to a resource. */
export interface Change {
  /** As Terraform writes them: ["no-op"], ["create"], ["update"], ["delete", "create"] ... */
  readonly actions: readonly string[];
  /** The values before the change; undefined for a resource that is created. */
  readonly before: Block | undefined;
  /** All values after it, computed ones and the provider's defaults included. */
  readonly after: Block;
  /** The dotted paths whose change forces a replacement. */
  readonly replacePaths: readonly string[];
}

export class Resource extends Block {
  /** As Terraform writes it, with module and index: `module.net.google_compute_subnetwork.app["a"]`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** Construct path (cdktf), or null. */
  readonly path: string | null;
  /** Where it is defined, for people: stack, file with line, or module. */
  readonly origin: string;
  /** Addresses in `depends_on` plus every address that an expression of this resource refers to. */
  readonly dependencies: ReadonlySet<string>;
  /** Addresses in `depends_on` alone. */
  readonly dependsOn: ReadonlySet<string>;
  /** The provider that manages it, without its registry: "hashicorp/google". */
  readonly providerSource: string;
  /** Settings of the provider block that manages it (project, region, zone ...). */
  readonly provider: Block;
  /**
   * Dotted paths of arguments that are written and come to null or to no element, which `values` leaves out: what they
   * come to may be decided by a variable.
   */
  get emptyPaths(): ReadonlySet<string> {
    this.#emptyPaths ??= this.#findEmptyPaths();
    return this.#emptyPaths;
  }
  #emptyPaths: ReadonlySet<string> | undefined;
  /** Of few resources it is asked. */
  readonly #findEmptyPaths: () => ReadonlySet<string>;
  /** What the plan does to it; undefined where the input is not a plan. */
  readonly change: Change | undefined;
  /** Why it is not known how many instances there are; undefined where it is. */
  readonly unknownInstances: Unknown | undefined;

  constructor(init: {
    address: string;
    mode: "managed" | "data";
    type: string;
    name: string;
    path: string | null;
    origin: string;
    values: { readonly [key: string]: Value };
    dependencies: ReadonlySet<string>;
    dependsOn: ReadonlySet<string>;
    /** @default hashicorp/ and the first word of its type, which Terraform takes as well */
    providerSource?: string | undefined;
    provider?: Block | undefined;
    emptyPaths?: (() => ReadonlySet<string>) | undefined;
    change?: Change | undefined;
    unknownInstances?: Unknown | undefined;
  }) {
    super(init.values);
    this.address = init.address;
    this.mode = init.mode;
    this.type = init.type;
    this.name = init.name;
    this.path = init.path;
    this.origin = init.origin;
    this.dependencies = init.dependencies;
    this.dependsOn = init.dependsOn;
    this.providerSource = init.providerSource ?? impliedSource(init.type);
    this.provider = init.provider ?? new Block({});
    this.#findEmptyPaths = init.emptyPaths ?? (() => new Set());
    this.change = init.change;
    this.unknownInstances = init.unknownInstances;
  }
}

/** The source of a provider that no `required_providers` names, by its local name or by a resource type. */
export function impliedSource(name: string): string {
  return `hashicorp/${name.split("_")[0]}`;
}
