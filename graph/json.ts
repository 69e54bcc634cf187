/** Reads what JSON.parse returns without trusting its shape. */

export type Json = { readonly [key: string]: unknown };

/** The value as an object; an empty one where it is something else. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a list: a single value becomes a list of one, null and undefined an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/** The strings in a list; a single string becomes a list of one. */
export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/** An own property: JSON may well have a key "constructor". */
export function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
