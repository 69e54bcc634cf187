import { isUnknown, type Reference, Unknown, type Value, weightiest } from "../value.ts";

export type ValueMap = { readonly [key: string]: Value };

/** An expression that Terraform rejects too; `try` and `can` detect these. Elsewhere it is an unknown value. */
export class Failure extends Unknown {
  constructor(why: string) {
    super([], why, [], "evaluation");
  }
}

/** In a list: elements of unknown number, next to known ones. */
export class Rest extends Unknown {
  static of(value: Unknown): Rest {
    return new Rest(value.references, value.why, [], value.cause);
  }
}

export function isMap(value: unknown): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** A map from entries; no key of theirs reaches the prototype. */
export function mapOf(entries: Iterable<readonly [string, Value]>): ValueMap {
  return Object.fromEntries(entries);
}

/** Made of unknown values by a function or an operator: no attribute itself, and without attributes to follow. */
export class Derived extends Unknown {}

/** One unknown for several values: a failure among them, or all that they refer to. */
export function unknownOf(values: readonly Value[], why?: string): Unknown {
  const unknowns = values.filter(isUnknown);
  const failure = unknowns.find((value) => value instanceof Failure);
  if (failure !== undefined) return failure;
  const references = distinctReferences(unknowns).map(({ address, attribute }) => ({
    address,
    attribute: attribute === "" || attribute.endsWith("()") ? attribute : `${attribute}()`,
  }));
  const cause = weightiest(unknowns);
  return new Derived(
    references,
    why ?? cause?.why ?? "it is not evaluated",
    [],
    cause?.cause ?? "evaluation",
  );
}

function distinctReferences(unknowns: readonly Unknown[]): readonly Reference[] {
  const all = new Map<string, Reference>();
  for (const { references } of unknowns) {
    for (const reference of references) all.set(`${reference.address} ${reference.attribute}`, reference);
  }
  return [...all.values()];
}

/** The value without what is left out at any depth; itself where that is nothing. */
export function without(value: Value, isLeftOut: (value: Value) => boolean): Value {
  if (!leavesOut(value, isLeftOut)) return value;
  if (isList(value)) return value.map((item) => without(item, isLeftOut));
  const kept = Object.entries(value as ValueMap).filter(([, item]) => !isLeftOut(item));
  return mapOf(kept.map(([key, item]) => [key, without(item, isLeftOut)]));
}

/** True where something within the value is left out. */
function leavesOut(value: Value, isLeftOut: (value: Value) => boolean): boolean {
  if (isList(value)) return value.some((item) => leavesOut(item, isLeftOut));
  if (!isMap(value)) return false;
  for (const key of Object.keys(value)) {
    const item = value[key] ?? null;
    if (isLeftOut(item) || leavesOut(item, isLeftOut)) return true;
  }
  return false;
}

/** Everything unknown in a value, at any depth. */
export function unknownsIn(value: Value, found: Unknown[] = []): Unknown[] {
  if (isUnknown(value)) found.push(value);
  else if (isList(value)) for (const item of value) unknownsIn(item, found);
  else if (isMap(value)) for (const item of Object.values(value)) unknownsIn(item, found);
  return found;
}

/** The text that Terraform makes of a primitive value; undefined for others. */
export function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  return typeof value === "boolean" ? String(value) : undefined;
}

function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 1e21 && Number.isFinite(value)
    ? BigInt(value).toString()
    : String(value);
}

export function numberOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)
    ? Number(value)
    : undefined;
}

export function booleanOf(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : undefined;
}

/** Text of which some pieces may be unknown; a plain string where none is. */
export function joined(parts: readonly Value[]): Value {
  const pieces: (string | Unknown)[] = [];
  for (const part of parts) {
    if (part instanceof Failure) return part;
    if (isUnknown(part)) pieces.push(...(part.parts.length > 0 ? part.parts : [part]));
    else {
      const text = textOf(part);
      if (text === undefined) return new Failure("it has no text");
      const last = pieces.length - 1;
      const before = pieces[last];
      if (typeof before === "string") pieces[last] = before + text;
      else if (text !== "") pieces.push(text);
    }
  }
  const [only = ""] = pieces;
  if (pieces.length <= 1 && (typeof only === "string" || parts.length === 1)) return only;
  const unknowns = pieces.filter(isUnknown);
  const cause = weightiest(unknowns);
  return new Unknown(distinctReferences(unknowns), cause?.why ?? "", pieces, cause?.cause);
}

/** Equality as Terraform sees it; undefined where it depends on something unknown. */
export function equal(a: Value, b: Value): boolean | undefined {
  if (isUnknown(a) || isUnknown(b)) return undefined;
  if (isList(a) && isList(b)) {
    return a.length === b.length && everyKnown(a.map((item, i) => equal(item, b[i] ?? null)));
  }
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length || keys.some((key) => !Object.hasOwn(b, key))) return false;
    return everyKnown(keys.map((key) => equal(a[key] ?? null, b[key] ?? null)));
  }
  return a === b;
}

function everyKnown(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

/** A key under which equal values meet. */
export function keyOf(value: Value): string {
  return JSON.stringify(value) ?? "";
}
