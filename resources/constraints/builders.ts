import type { Condition } from "./condition.ts";
import type {
  Choice,
  Conflict,
  ConstraintOptions,
  Custom,
  Forbidden,
  Form,
  OneOf,
  Order,
  Range,
  Required,
  Unique,
} from "./constraint.ts";

/** The fields of a kind without its own name and what the first arguments give. */
type Options<Kind, Given extends keyof Kind> = Omit<Kind, "kind" | Given>;

/** A number within its bounds. A bound is allowed itself. */
export function range(attribute: string, options: Options<Range, "attribute">): Range {
  return { kind: "range", attribute, ...options };
}

/** A duration as protobuf writes it ("300s"), within bounds in seconds. */
export function duration(attribute: string, options: Options<Range, "attribute" | "measure"> = {}): Range {
  return { kind: "range", attribute, unit: "s", ...options, measure: "duration" };
}

/** The length of a text, or the number of entries of a list or repeated block. */
export function size(
  attribute: string,
  measure: "characters" | "bytes" | "entries",
  options: Options<Range, "attribute" | "measure" | "unit">,
): Range {
  return { kind: "range", attribute, unit: measure, ...options, measure };
}

/** One of a few words, in this spelling. */
export function choice(
  attribute: string,
  values: readonly string[],
  options: Options<Choice, "attribute" | "values"> = {},
): Choice {
  return { kind: "choice", attribute, values, ...options };
}

/** A text of a form. */
export function form(
  attribute: string,
  pattern: RegExp,
  options: Options<Form, "attribute" | "pattern">,
): Form {
  return { kind: "form", attribute, pattern, ...options };
}

/** One number below another (or the same, with `orEqual`). */
export function order(
  lower: string,
  higher: string,
  options: Options<Order, "lower" | "higher"> = {},
): Order {
  return { kind: "order", lower, higher, ...options };
}

export function exactlyOneOf(
  attributes: readonly string[],
  options: Options<OneOf, "attributes" | "count"> = {},
): OneOf {
  return { kind: "one of", count: "exactly one", attributes, ...options };
}

export function atLeastOneOf(
  attributes: readonly string[],
  options: Options<OneOf, "attributes" | "count"> = {},
): OneOf {
  return { kind: "one of", count: "at least one", attributes, ...options };
}

export function atMostOneOf(
  attributes: readonly string[],
  options: Options<OneOf, "attributes" | "count"> = {},
): OneOf {
  return { kind: "one of", count: "at most one", attributes, ...options };
}

/** Attributes that are needed; with `when`, in those cases. */
export function required(attributes: readonly string[], options: ConstraintOptions = {}): Required {
  return { kind: "required", attributes, ...options };
}

/** Attributes that must not be written in the cases of `when`. */
export function forbidden(attributes: readonly string[], options: ConstraintOptions): Forbidden {
  return { kind: "forbidden", attributes, ...options };
}

/** Values that exclude each other. */
export function conflict(values: Condition, options: ConstraintOptions = {}): Conflict {
  return { kind: "conflict", values, ...options };
}

/** A value that only one of several blocks may have. */
export function unique(blocks: string, attribute: string, options: ConstraintOptions = {}): Unique {
  return { kind: "unique", blocks, attribute, ...options };
}

/** What no other kind can say. */
export function custom(limit: string, check: Custom["check"], options: ConstraintOptions = {}): Custom {
  return { kind: "custom", limit, check, ...options };
}
