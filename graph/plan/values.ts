import { isList, mapOf, without } from "../expression/values.ts";
import { isObject } from "../json.ts";
import { unevaluated, type Value } from "../value.ts";

const maxDepth = 200;

/** JSON as a value of the graph. */
export function valueOfJson(json: unknown, depth = 0): Value {
  if (depth > maxDepth) return unevaluated("it is nested too deeply");
  if (Array.isArray(json)) return json.map((item) => valueOfJson(item, depth + 1));
  if (isObject(json))
    return mapOf(Object.entries(json).map(([key, item]) => [key, valueOfJson(item, depth + 1)]));
  return typeof json === "string" || typeof json === "number" || typeof json === "boolean" ? json : null;
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
