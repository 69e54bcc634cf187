import { isList, mapOf, without } from "../expression/values.ts";
import { isObject, type Json } from "../json.ts";
import { unevaluated, type Value } from "../value.ts";

const maxDepth = 200;

/** JSON as a value of the graph: itself, unless it is nested too deeply. */
export function valueOfJson(json: unknown): Value {
  return isNestedWithin(json, maxDepth) ? ((json ?? null) as Value) : shallow(json, 0);
}

function isNestedWithin(json: unknown, levels: number): boolean {
  if (typeof json !== "object" || json === null) return true;
  if (levels < 0) return false;
  for (const key in json) if (!isNestedWithin((json as Json)[key], levels - 1)) return false;
  return true;
}

/** A copy in which what is nested too deeply is unknown. */
function shallow(json: unknown, depth: number): Value {
  if (depth > maxDepth) return unevaluated("it is nested too deeply");
  if (Array.isArray(json)) return json.map((item) => shallow(item, depth + 1));
  if (isObject(json))
    return mapOf(Object.entries(json).map(([key, item]) => [key, shallow(item, depth + 1)]));
  return json as Value;
}

/**
 * Without nulls, empty lists and empty texts: plans and states have one for every argument that is not set,
 * and rules take an argument that is present for one that is set.
 */
export function withoutEmpty(value: Value): Value {
  return without(value, isEmpty);
}

export function isEmpty(value: Value): boolean {
  return value === null || value === "" || (isList(value) && value.length === 0);
}

/** True where something in the marks of `after_unknown` is set. */
export function anyUnknown(marks: unknown): boolean {
  if (Array.isArray(marks)) return marks.some(anyUnknown);
  return isObject(marks) ? Object.values(marks).some(anyUnknown) : marks === true;
}
