import { isUnknown, type Value } from "../value.ts";
import type { FunctionTable, TerraformFunction } from "./function.ts";
import { setOf } from "./functions-type.ts";
import {
  equal,
  Failure,
  isList,
  isMap,
  keyOf,
  mapOf,
  numberOf,
  Rest,
  textOf,
  unknownOf,
  unknownsIn,
  type ValueMap,
} from "./values.ts";
import { TooLarge } from "./work.ts";

/** As many as Terraform allows. */
const maxRangeLength = 1024;

function ofList(
  compute: (list: readonly Value[], ...more: readonly Value[]) => Value | undefined,
): TerraformFunction {
  return ([list = null, ...more]) => (isList(list) ? compute(list, ...more) : undefined);
}

function ofMap(compute: (map: ValueMap, ...more: readonly Value[]) => Value | undefined): TerraformFunction {
  return ([map = null, ...more]) => (isMap(map) ? compute(map, ...more) : undefined);
}

function sortedKeys(map: ValueMap): string[] {
  return Object.keys(map).sort();
}

function holdsUnknown(list: readonly Value[]): boolean {
  return list.some(isUnknown);
}

/** A list of an unknown number of elements keeps those that are known. */
function spliced(lists: readonly Value[]): Value | undefined {
  const result: Value[] = [];
  for (const list of lists) {
    if (isUnknown(list)) result.push(Rest.of(list));
    else if (isList(list)) for (const item of list) result.push(item);
    else return undefined;
  }
  return result;
}

function flattened(list: readonly Value[], into: Value[] = []): Value[] {
  for (const item of list) {
    if (isList(item)) flattened(item, into);
    else
      into.push(
        isUnknown(item) && item.references.length > 0 && item.parts.length === 0 ? Rest.of(item) : item,
      );
  }
  return into;
}

/** The first argument that is something; an unknown before it could be the one. */
function first(isNothing: (value: Value) => boolean): TerraformFunction {
  return (args) => {
    for (const [i, value] of args.entries()) {
      const isOnly = i === args.length - 1;
      if (isUnknown(value)) return isOnly || value.parts.length > 0 ? value : unknownOf(args.slice(i));
      if (!isNothing(value)) return value;
    }
    return undefined;
  };
}

function range(args: readonly Value[]): Value | undefined {
  const numbers = args.map(numberOf).filter((number) => number !== undefined);
  const [start = 0, end = 0, step = start <= end ? 1 : -1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  if (numbers.length < args.length || step === 0) return undefined;
  const result: number[] = [];
  for (let value = start; step > 0 ? value < end : value > end; value += step) {
    if (result.length >= maxRangeLength) return undefined;
    result.push(value);
  }
  return result;
}

function product(lists: readonly Value[]): Value | undefined {
  let rows: Value[][] = [[]];
  for (const list of lists) {
    if (!isList(list)) return undefined;
    if (rows.length * list.length > 100_000) throw new TooLarge("its result is too large");
    rows = rows.flatMap((row) => list.map((item) => [...row, item]));
  }
  return rows;
}

/** Elements of the first set by whether the others have them. */
function setOperation(keep: (inOthers: readonly boolean[]) => boolean): TerraformFunction {
  return (sets) => {
    const [head, ...others] = sets;
    if (!isList(head) || !others.every(isList)) return undefined;
    if (sets.some((set) => unknownsIn(set).length > 0))
      return unknownOf(sets.flatMap((set) => unknownsIn(set)));
    const keys = others.map((other) => new Set(other.map(keyOf)));
    return setOf(head.filter((item) => keep(keys.map((set) => set.has(keyOf(item))))));
  };
}

function merged(maps: readonly Value[]): Value | undefined {
  if (maps.some(isUnknown)) return unknownOf(maps);
  const present = maps.filter((map) => map !== null);
  return present.every(isMap) ? mapOf(present.flatMap((map) => Object.entries(map))) : undefined;
}

function contains(list: readonly Value[], wanted: Value): Value {
  const found = list.map((item) => equal(item, wanted));
  return found.includes(true) ? true : found.includes(undefined) ? unknownOf([...list, wanted]) : false;
}

export const collectionFunctions: FunctionTable = {
  strict: {
    chunklist: ofList((list, size = null) => {
      const length = numberOf(size);
      if (length === undefined || length < 1) return undefined;
      return Array.from({ length: Math.ceil(list.length / length) }, (_, i) =>
        list.slice(i * length, (i + 1) * length),
      );
    }),
    compact: ofList((list) =>
      list
        .filter((item) => item !== null && item !== "")
        .map((item) => (isUnknown(item) && item.parts.length === 0 ? Rest.of(item) : item)),
    ),
    distinct: ofList((list) => {
      const seen = new Set<string>();
      return list.filter((item) => isUnknown(item) || (!seen.has(keyOf(item)) && seen.add(keyOf(item))));
    }),
    element: ofList((list, position = null) => {
      const number = numberOf(position);
      if (number === undefined || list.length === 0) return undefined;
      if (list.some((item) => item instanceof Rest)) return unknownOf(list);
      return list[((number % list.length) + list.length) % list.length];
    }),
    flatten: ofList((list) => flattened(list)),
    index: ofList((list, wanted = null) => {
      const at = list.findIndex((item) => equal(item, wanted) === true);
      return at >= 0 ? at : holdsUnknown(list) ? unknownOf(list) : undefined;
    }),
    keys: ofMap(sortedKeys),
    length: ([value = null]) => {
      if (typeof value === "string") return [...value].length;
      if (isList(value)) return value.some((item) => item instanceof Rest) ? unknownOf(value) : value.length;
      return isMap(value) ? Object.keys(value).length : undefined;
    },
    matchkeys: ([values, keys, wanted]) => {
      if (!isList(values) || !isList(keys) || !isList(wanted) || holdsUnknown([...keys, ...wanted]))
        return undefined;
      const set = new Set(wanted.map(keyOf));
      return values.filter((_, i) => set.has(keyOf(keys[i] ?? null)));
    },
    one: ofList((list) => {
      if (list.some((item) => item instanceof Rest)) return unknownOf(list);
      return list.length > 1 ? undefined : (list[0] ?? null);
    }),
    range,
    reverse: ofList((list) => [...list].reverse()),
    setintersection: setOperation((inOthers) => inOthers.every(Boolean)),
    setproduct: product,
    setsubtract: setOperation((inOthers) => !inOthers.some(Boolean)),
    setsymmetricdifference: ([a = null, b = null]) =>
      isList(a) && isList(b) && !holdsUnknown([...a, ...b])
        ? setOf([
            ...a.filter((item) => contains(b, item) === false),
            ...b.filter((item) => contains(a, item) === false),
          ])
        : undefined,
    setunion: (sets) => (sets.every(isList) ? setOf(sets.flat() as Value[]) : undefined),
    slice: ofList((list, from = null, to = null) => {
      const [start, end] = [numberOf(from), numberOf(to)];
      if (start === undefined || end === undefined || start < 0 || end > list.length || start > end)
        return undefined;
      return list.slice(start, end);
    }),
    sort: ofList((list) =>
      holdsUnknown(list) ? unknownOf(list) : list.map((item) => textOf(item) ?? "").sort(),
    ),
    transpose: ofMap((map) => {
      const turned = new Map<string, string[]>();
      for (const key of sortedKeys(map)) {
        for (const item of isList(map[key]) ? map[key] : []) {
          const name = textOf(item) ?? "";
          turned.set(name, [...(turned.get(name) ?? []), key]);
        }
      }
      return mapOf(turned);
    }),
    values: ofMap((map) => sortedKeys(map).map((key) => map[key] ?? null)),
    zipmap: ofList((keys, values = null) => {
      if (!isList(values) || values.length !== keys.length) return undefined;
      return holdsUnknown(keys)
        ? unknownOf(keys)
        : mapOf(keys.map((key, i) => [textOf(key) ?? "", values[i] ?? null]));
    }),
  },
  lenient: {
    coalesce: first((value) => value === null || value === ""),
    coalescelist: first((value) => !isList(value) || value.length === 0),
    concat: spliced,
    contains: ([list = null, wanted = null]) =>
      isList(list) ? contains(list, wanted) : isUnknown(list) ? unknownOf([list]) : undefined,
    lookup: ([map = null, key = null, ...fallback]) => {
      if (isUnknown(map) || isUnknown(key)) return unknownOf([map, key, ...fallback]);
      const name = textOf(key);
      if (!isMap(map) || name === undefined) return undefined;
      return Object.hasOwn(map, name)
        ? map[name]
        : (fallback[0] ?? (fallback.length > 0 ? null : new Failure(`there is no element ${name}`)));
    },
    merge: merged,
  },
};
