import type { VersionRange } from "../resources/versions.ts";
import type { DroppedAttribute } from "./configuration/type-constraint.ts";
import type { Rejection } from "./rejection.ts";
import type { Resource } from "./resource.ts";
import type { Value } from "./value.ts";

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
  /** Of several resources of one name, the one that `from` means: the only one of its input, its project or its region. */
  closest(candidates: readonly Resource[], from: Resource): Resource | undefined;
  /** True where one apply makes both. Stacks are applied one after the other, in an order that their resources do not show. */
  together(a: Resource, b: Resource): boolean;
  /** The project of the resource: its own `project`, the provider's, or undefined where it cannot be known. */
  project(resource: Resource): string | undefined;
  /** The region (or location) of the resource, from its own attributes or its provider's. */
  region(resource: Resource): string | undefined;
  /**
   * The versions that the input allows of the provider that manages the resource: the one of its lock file, or those of
   * its constraints. The newest known one where it states none.
   */
  providerVersions(resource: Resource): VersionRange;
  /** True where the input states a version or a constraint of that provider. */
  statesProviderVersion(resource: Resource): boolean;
  /** True where the resource is from a plan or a state: the provider has checked it and filled in what was not written. */
  isFromProvider(resource: Resource): boolean;
  /** Addresses to which the resource refers although its module declares nothing of that name; rejected at plan. */
  undeclared(resource: Resource): readonly string[];
  /** What an object type of a variable that the resource uses leaves out of its value, by the address of the variable. */
  dropped(resource: Resource): ReadonlyMap<string, readonly DroppedAttribute[]>;
  /** The address made unique among all inputs, for maps and sets: several stacks may have the same addresses. */
  key(address: string, from: Resource): string;
  /** Resources that a plan deletes and does not create again; empty where the input is no plan. */
  readonly removed: readonly Resource[];
  /** What was not read, one sentence each ("module.vpc comes from a registry and was not read"). */
  readonly unread: readonly string[];
  /** Why something was not read to its end, one sentence each: the rules have seen less than there is. */
  readonly gaveUp: readonly string[];
  /** What Terraform rejects of the configuration as a whole. */
  readonly rejections: readonly Rejection[];
  /** Texts that the input marks as sensitive, which no report may repeat. */
  readonly sensitive: ReadonlySet<string>;
  /** What was assumed in reading, one sentence each ("infra states no version of the google provider ..."). */
  readonly notes: readonly string[];
  /** False where something was not read, so that what the graph does not show may exist all the same. */
  readonly complete: boolean;
}

/** What a literal, a reference or an id leads to. */
export type Target =
  | { readonly kind: "resource"; readonly resource: Resource }
  /**
   * A literal name or id that the input does not define although it defines resources of that type in that project. It may
   * exist outside all the same, unless that is certain: the input is whole, it deletes that one, or the name is a near miss
   * of the nearest.
   */
  | {
      readonly kind: "missing";
      readonly name: string;
      readonly nearest: Resource | undefined;
      readonly certain: boolean;
    }
  /** Not judged: unknown, defined elsewhere, declared external, or no resource of that type in the input. */
  | { readonly kind: "unknown"; readonly why: string };

export interface GraphOptions {
  /** What exists although the input does not define it, as "KIND:NAME": "network:shared", "secret:api-key". */
  readonly external?: readonly string[];
  /** True where the input defines everything that it names, apart from what is external. @default false */
  readonly whole?: boolean;
  /** The values of the variables of all root modules. */
  readonly variables?: {
    /** What the environment gives as TF_VAR_name, by name. */
    readonly environment?: { readonly [name: string]: string };
    /** What `-var-file` and `-var` give, in their order: later ones win. */
    readonly given?: readonly GivenVariable[];
  };
}

export type GivenVariable =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "value"; readonly name: string; readonly text: string };
