import { booleanOf, isList, isMap, numberOf, textOf } from "../expression/values.ts";
import type { Rejection } from "../rejection.ts";
import { isUnknown, Unknown, unevaluated, type Value, weightiest } from "../value.ts";

/** Instances of one resource or module; a larger number counts as unknown. */
const maxInstances = 10_000;
/** Instances of all resources and modules of one configuration. */
export const maxAllInstances = 50_000;

/** One instance of a resource or module that `count` or `for_each` repeats. */
export interface Repetition {
  /** With brackets, as in the address: `[0]`, `["a"]`; empty where there is one, or where the key is not known. */
  readonly index: string;
  readonly key: Value;
  readonly value: Value;
}

/** How a resource or module is repeated: not at all, by `count`, by `for_each`, or in a way that cannot be known. */
export interface Expansion {
  readonly kind: "one" | "count" | "each" | "unknown";
  readonly instances: readonly Repetition[];
  /** Why this is not what Terraform would make: "has ...". */
  readonly gaveUp?: string;
  /** Why Terraform takes it in no way. */
  readonly rejected?: Pick<Rejection, "message" | "fix">;
}

export const one: Expansion = { kind: "one", instances: [{ index: "", key: null, value: null }] };

/** A single instance without a key, in place of all that there may be. */
export function unknownExpansion(why: string, source: readonly Value[] = []): Expansion {
  const unknowns = source.filter(isUnknown);
  const references = unknowns.flatMap((value) => value.references);
  const { cause, why: because } = weightiest(unknowns) ?? unevaluated(why);
  const reason = cause === "apply" ? why : because;
  // A key is no attribute of what it is made of; which variable is missing is said all the same.
  const key = new Unknown(cause === "variable" ? references : [], reason, [], cause);
  return {
    kind: "unknown",
    instances: [{ index: "", key, value: new Unknown(references, reason, [], cause) }],
  };
}

function tooMany(): Expansion {
  return {
    ...unknownExpansion("it has too many instances"),
    gaveUp: `has more than ${maxInstances} instances`,
  };
}

/** `count` and `for_each` at once, which Terraform rejects. */
export const countAndEach: Expansion = {
  ...unknownExpansion("it has count and for_each"),
  rejected: {
    message: "count and for_each are both set; rejected at plan: only one of them can be.",
    fix: "Remove one of them.",
  },
};

/** `lifecycle { enabled = ... }` of OpenTofu: one instance without an index, or none. */
export function enabledExpansion(value: Value): Expansion {
  const enabled = booleanOf(value);
  if (enabled === undefined) return unknownExpansion("it is not known whether it is enabled", [value]);
  return enabled ? one : { kind: "one", instances: [] };
}

export function countExpansion(value: Value): Expansion {
  const count = numberOf(value);
  if (count === undefined) return unknownExpansion("its count is not known", [value]);
  if (count > maxInstances) return tooMany();
  if (count < 0 || !Number.isInteger(count))
    return {
      ...unknownExpansion("its count is no number of instances"),
      rejected: {
        message: `count is ${count}; rejected at plan: it must be a whole number from 0 on.`,
        fix: "Write how many there are, for example 1.",
      },
    };
  const instances = Array.from({ length: count }, (_, i) => ({
    index: `[${i}]`,
    key: i,
    value: i,
  }));
  return { kind: "count", instances };
}

/** `for_each` over a list, which Terraform rejects. */
export const eachOfList: Expansion = {
  ...unknownExpansion("its for_each is a list"),
  rejected: {
    message: "for_each is a list; rejected at plan: it must be a map or a set of texts.",
    fix: "Make it a set: for_each = toset(...).",
  },
};

export function eachExpansion(value: Value): Expansion {
  if (isMap(value)) {
    const keys = Object.keys(value).sort();
    if (keys.length > maxInstances) return tooMany();
    // A key that was not evaluated still holds its expression.
    if (keys.some((key) => key.includes("${")))
      return unknownExpansion("a key of its for_each is not known", Object.values(value));
    return {
      kind: "each",
      instances: keys.map((key) => ({ index: `[${JSON.stringify(key)}]`, key, value: value[key] ?? null })),
    };
  }
  if (!isList(value)) return unknownExpansion("its for_each is not known", [value]);
  if (value.length > maxInstances) return tooMany();
  const keys = value.map((item) => textOf(item));
  if (keys.includes(undefined)) return unknownExpansion("its for_each is not known", value);
  const instances = [...new Set(keys)].map((key = "") => ({
    index: `[${JSON.stringify(key)}]`,
    key,
    value: key,
  }));
  return { kind: "each", instances };
}
