/** What one version of the provider knows of one attribute or block; what does not apply is left out. */
export interface AttributeFacts {
  /** Of an attribute, or of the elements of a collection; absent for what has attributes of its own. */
  readonly type?: "string" | "number" | "bool" | "any";
  /** A number that need not be whole. */
  readonly fraction?: true;
  readonly in?: "list" | "set" | "map" | "single";
  /** It has attributes of its own (further paths), and is written as a block, or as an attribute that holds objects. */
  readonly nested?: "block" | "object";
  readonly required?: true;
  readonly optional?: true;
  /** The provider fills it in; it cannot be set where it is not `optional` as well. */
  readonly computed?: true;
  /** A change forces a replacement (`ForceNew`). */
  readonly immutable?: true;
  readonly sensitive?: true;
  readonly writeOnly?: true;
  readonly deprecated?: true;
  /** The fewest blocks or elements, where that is above what `required` says. */
  readonly min?: number;
  readonly max?: number;
  /** What the provider sends where nothing is set. */
  readonly default?: string | number | boolean;
  /** The values that the provider accepts. */
  readonly enum?: readonly (string | number)[];
  /** True where it accepts the words of `enum` in any case. */
  readonly anyCase?: true;
  /** Regular expressions of Go (RE2); each has to match somewhere in the value. */
  readonly patterns?: readonly string[];
  /** Bounds of a number, inclusive; null where there is none. */
  readonly range?: readonly [low: number | null, high: number | null];
  /** Bounds of the length of a string in bytes, inclusive. */
  readonly length?: readonly [low: number, high: number];
  /** Paths of which none may be set together with this. */
  readonly conflicts?: readonly string[];
  /** Paths of which exactly one has to be set; this one is among them. */
  readonly exactlyOne?: readonly string[];
  /** Paths of which at least one has to be set; this one is among them. */
  readonly atLeastOne?: readonly string[];
  /** Paths that have to be set where this is. */
  readonly requires?: readonly string[];
}

/** What versions know of one path: from a version on these facts, or null where it is not there. Oldest first. */
export type History = readonly (readonly [since: string, facts: AttributeFacts | null])[];

/** A line of resources/facts/google/ and google-beta/. */
export interface FactLine {
  readonly type: string;
  /** The API behind the type as discovery documents are named ("redis.v1"), and the name of the object in it. */
  readonly api?: string;
  readonly kind?: string;
  /** The ids that `terraform import` takes, the longest first: "projects/{{project}}/topics/{{name}}". */
  readonly imports?: readonly string[];
  /** By dotted path without indexes; "" is the type itself. */
  readonly paths: { readonly [path: string]: History };
  /** The words of the API for the paths that it has enumerations for. */
  readonly words?: { readonly [path: string]: readonly string[] };
}
