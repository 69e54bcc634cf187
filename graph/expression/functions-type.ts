import { isUnknown, unevaluated, type Value } from "../value.ts";
import type { FunctionTable, TerraformFunction } from "./function.ts";
import { booleanOf, isList, isMap, keyOf, mapOf, numberOf, textOf, unknownOf } from "./values.ts";

/** Which lists are sets: a loop over a set has the element itself for a key. */
const sets = new WeakSet<readonly Value[]>();

export function isSet(list: readonly Value[]): boolean {
  return sets.has(list);
}

/** The distinct elements, known ones in order: how the graph represents a set. */
export function setOf(items: readonly Value[]): readonly Value[] {
  const known = new Map<string, Value>();
  for (const item of items) if (!isUnknown(item)) known.set(keyOf(item), item);
  const sorted = [...known.values()];
  if (sorted.every((item) => typeof item === "string")) sorted.sort();
  else if (sorted.every((item) => typeof item === "number")) sorted.sort((a, b) => Number(a) - Number(b));
  const set = [...sorted, ...items.filter(isUnknown)];
  sets.add(set);
  return set;
}

/** True for a list with elements, which is no set. */
export function isNonEmptyList(value: Value): boolean {
  return isList(value) && value.length > 0 && !sets.has(value);
}

/** Null stays null, whatever the type of a variable that is not set; and a reference stays the same reference. */
function conversion(convert: (value: Value) => Value | undefined): TerraformFunction {
  return ([value = null]) => (value === null || isUnknown(value) ? value : convert(value));
}

function toMap(value: Value): Value | undefined {
  return isMap(value) ? value : undefined;
}

export const typeFunctions: FunctionTable = {
  strict: {
    type: ([value = null]) => (isList(value) ? "list" : isMap(value) ? "map" : typeof value),
  },
  lenient: {
    defaults: ([value = null, fallback = null]) =>
      isMap(value) && isMap(fallback)
        ? mapOf([...Object.entries(fallback), ...Object.entries(value)])
        : unknownOf([value]),
    ephemeralasnull: ([value = null]) => (isEphemeral(value) ? null : value),
    issensitive: () => unevaluated("whether it is sensitive is not followed"),
    nonsensitive: ([value]) => value,
    sensitive: ([value = null], files) => {
      files.markSensitive(value);
      return value;
    },
    tobool: conversion((value) => booleanOf(value)),
    tolist: conversion((value) => (isList(value) ? value : undefined)),
    tomap: conversion(toMap),
    tonumber: conversion((value) => numberOf(value)),
    toset: conversion((value) => (isList(value) ? setOf(value) : undefined)),
    tostring: conversion((value) => textOf(value)),
  },
};

/** True for what an `ephemeral` block opens, and for what is made of it. */
function isEphemeral(value: Value): boolean {
  return isUnknown(value) && ephemeralIn(value) !== undefined;
}

/** The address of the `ephemeral` block of which a value, or one in it, is made. */
export function ephemeralIn(value: Value): string | undefined {
  if (isUnknown(value))
    return value.references.find(({ address }) => /(?:^|\.)ephemeral\./.test(address))?.address;
  if (typeof value !== "object" || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const found = ephemeralIn(inner as Value);
    if (found !== undefined) return found;
  }
  return undefined;
}
