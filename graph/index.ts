import type { Resource, Target, Value } from "./graph.ts";

/** All resources of one input, with the look-ups that rules need. */
export interface Graph {
  /** Managed resources of the types, in input order; all of them without an argument. */
  all(...types: string[]): readonly Resource[];
  /** Data sources of the types. */
  data(...types: string[]): readonly Resource[];
  /**
   * The resource at the address (exact, or without its index where there is one instance only), in the same
   * input as `from`: several stacks may have the same addresses.
   */
  at(address: string, from?: Resource): Resource | undefined;
  /**
   * Follows a value to the resource of one of the types that it names, however it is written: a reference
   * (Unknown with references), a self link, an id ("projects/p/global/networks/n"), an email, a short name.
   */
  target(value: Value | undefined, types: readonly string[], from: Resource): Target;
  /** True where one apply makes both. Stacks are applied one after the other, in an order that their resources do not show. */
  together(a: Resource, b: Resource): boolean;
  /** The project of the resource: its own `project`, the provider's, or undefined where it cannot be known. */
  project(resource: Resource): string | undefined;
  /** The region (or location) of the resource, from its own attributes or its provider's. */
  region(resource: Resource): string | undefined;
  /** Resources that a plan deletes and does not create again; empty where the input is no plan. */
  readonly removed: readonly Resource[];
  /** What was not read, one sentence each ("module.vpc comes from a registry and was not read"). */
  readonly notes: readonly string[];
  /** False where something was not read, so that what the graph does not show may exist all the same. */
  readonly complete: boolean;
}

export interface GraphOptions {
  /** What exists although the input does not define it, as "KIND:NAME": "network:shared", "secret:api-key". */
  readonly external?: readonly string[];
}

export { InputError } from "./input-error.ts";
export { readGraph } from "./read-graph.ts";
