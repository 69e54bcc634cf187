import { isUnknown, type Value } from "../graph.ts";
import type { FunctionTable } from "./functions.ts";
import { booleanOf, isList, isMap, keyOf, mapOf, numberOf, textOf, unknownOf } from "./values.ts";

/** Which lists are sets: a loop over a set has the element itself for a key. */
const sets = new WeakSet<readonly Value[]>();

export function isSet(list: readonly Value[]): boolean {
  return sets.has(list);
}

/** The elements without repetition, known ones in order: how a set stands in the graph. */
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

/** Null stays null: a variable that is not set has it whatever its type. */
function primitive(
  convert: (value: Value) => Value | undefined,
): ([value]: readonly Value[]) => Value | undefined {
  return ([value = null]) => (value === null ? null : convert(value));
}

function toMap(value: Value): Value | undefined {
  return isMap(value) ? value : undefined;
}

export const typeFunctions: FunctionTable = {
  strict: {
    tobool: primitive((value) => booleanOf(value)),
    tolist: primitive((value) => (isList(value) ? value : undefined)),
    tomap: primitive(toMap),
    tonumber: primitive((value) => numberOf(value)),
    toset: primitive((value) => (isList(value) ? setOf(value) : undefined)),
    tostring: primitive((value) => textOf(value)),
    type: ([value = null]) => (isList(value) ? "list" : isMap(value) ? "map" : typeof value),
  },
  lenient: {
    defaults: ([value = null, fallback = null]) =>
      isMap(value) && isMap(fallback)
        ? mapOf([...Object.entries(fallback), ...Object.entries(value)])
        : unknownOf([value]),
    ephemeralasnull: ([value]) => value,
    issensitive: ([value = null]) => unknownOf([value], "whether it is sensitive is not followed"),
    nonsensitive: ([value]) => value,
    sensitive: ([value]) => value,
  },
};
