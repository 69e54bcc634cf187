import type { Attributes } from "../attributes.ts";
import type { Limit } from "../limits.ts";
import type { Validity } from "../versions.ts";
import type { Condition } from "./condition.ts";

/** When a fault comes out. */
export type Outcome = "rejected by the API" | "rejected at plan" | "fails at run time" | typeof SECURITY_RISK;

/** What happens to what works and is open to people who should not get in: findings of a category of their own. */
export const SECURITY_RISK = "is a security risk";

/** What every constraint may say besides its bound. */
export interface ConstraintOptions extends Validity {
  /** The block whose attributes are meant; `conditions[]` steps through a repeated block. The resource itself by default. */
  readonly within?: string;
  /** The constraint holds only where each of these attributes has one of the values. */
  readonly when?: Condition;
  /** It does not hold where each of these attributes has one of the values, or may have it. */
  readonly unless?: Condition;
  /** @default "error" */
  readonly severity?: "error" | "warning";
  /** @default "rejected by the API" */
  readonly outcome?: Outcome;
  /** Why, after "rejected by the API:"; by default made from the bound. */
  readonly because?: string;
  /** What to change, with an example value; by default made from the bound. */
  readonly fix?: string;
  /** Where it is documented; by default the source of the bound, or of the rule. */
  readonly source?: string;
}

/** A bound: a number of limits.ts, or a plain one whose source the constraint or its rule states. */
export type Bound = number | Limit<number>;

export interface Range extends ConstraintOptions {
  readonly kind: "range";
  readonly attribute: string;
  readonly low?: Bound;
  readonly high?: Bound;
  /** What is counted, for people: "instances". By default the unit of the bound. */
  readonly unit?: string;
  /** The value is a multiple of this; 1 for a whole number. */
  readonly step?: Bound;
  /** True where 0 stands for "not written", as in a state. */
  readonly zeroIsUnset?: boolean;
  /**
   * What the bounds are about: the number itself, the seconds of a duration as protobuf writes it ("300s"), the length of
   * a text, or the number of entries of a list or repeated block.
   * @default "value"
   */
  readonly measure?: "value" | "duration" | "characters" | "bytes" | "entries";
}

export interface Choice extends ConstraintOptions {
  readonly kind: "choice";
  readonly attribute: string;
  readonly values: readonly string[];
  /** Words that came later, each with the provider version that takes it first. */
  readonly added?: Readonly<Record<string, string>>;
}

export interface Form extends ConstraintOptions {
  readonly kind: "form";
  /** A text, or a list of which each entry has the form. */
  readonly attribute: string;
  readonly pattern: RegExp;
  /** The form in words, after "it is": "1 to 25 lowercase letters, digits and hyphens, a letter first". */
  readonly form: string;
  /** Values of the form, the first of which the fix gives as example. */
  readonly examples: readonly [string, ...string[]];
  /** At most this many characters, where a half-known text can tell already. */
  readonly longest?: Bound;
  /** Signs that may stand in it, where a half-known text can tell already. */
  readonly signs?: RegExp;
}

export interface Order extends ConstraintOptions {
  readonly kind: "order";
  readonly lower: string;
  readonly higher: string;
  /** True where both may be the same. */
  readonly orEqual?: boolean;
  readonly zeroIsUnset?: boolean;
  /** How the two are written: as numbers, or as durations of protobuf ("300s"). Default: number. */
  readonly measure?: "number" | "duration";
}

export interface OneOf extends ConstraintOptions {
  readonly kind: "one of";
  readonly attributes: readonly string[];
  readonly count: "exactly one" | "at least one" | "at most one";
  /** True where 0 stands for "not written", as in a state. */
  readonly zeroIsUnset?: boolean;
}

export interface Required extends ConstraintOptions {
  readonly kind: "required";
  /** Each of them is needed, in all cases or in those of `when`. */
  readonly attributes: readonly string[];
}

export interface Forbidden extends ConstraintOptions {
  readonly kind: "forbidden";
  /** None of them may be written, in the cases of `when`. */
  readonly attributes: readonly string[];
}

export interface Conflict extends ConstraintOptions {
  readonly kind: "conflict";
  /** Values that exclude each other: broken where every attribute has one of its values. */
  readonly values: Condition;
}

export interface Unique extends ConstraintOptions {
  readonly kind: "unique";
  /** A repeated block. */
  readonly blocks: string;
  /** The attribute of which each value, or each entry where it is a list, is in one of the blocks only. */
  readonly attribute: string;
}

/** Where a resource is: its own attributes, or its provider's settings; undefined where that is not known. */
export interface Location {
  readonly project: string | undefined;
  readonly region: string | undefined;
}

/** What no other kind can say: relations of three attributes, sums, texts that are parsed. */
export interface Custom extends ConstraintOptions {
  readonly kind: "custom";
  /** The bound in words, for the rule book. */
  readonly limit: string;
  /** What is wrong: "value and place", why, and what to change where it is not the fix of the rule. */
  check(attributes: Attributes, location: Location): Iterable<Fault>;
}

/** What one constraint found; its options override all but `found` and `severity`. */
export interface Fault {
  /** Words before the place: "none of ". */
  readonly before?: string | undefined;
  /** Value and place: "query_plans_per_minute is 100". */
  readonly found: string;
  readonly because: string;
  readonly fix?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly severity?: "error" | "warning" | undefined;
  /** The provider versions in which it is wrong, where those of the constraint do not say so. */
  readonly versions?: Validity;
}

/** Something that is true of the fields of one resource, by itself. */
export type Constraint =
  | Range
  | Choice
  | Form
  | Order
  | OneOf
  | Required
  | Forbidden
  | Conflict
  | Unique
  | Custom;
