import { isList, isMap, mapOf } from "../expression/values.ts";
import { isObject, type Json, objectOf, own } from "../json.ts";
import { type Reference, Unknown, unevaluated, type Value } from "../value.ts";
import { allReferences, constantOf, isLeaf } from "./configuration.ts";
import { isEmpty, valueOfJson, withoutEmpty } from "./values.ts";

/**
 * Computed by Google or filled in by the provider, and kept where they are known. All other arguments that are not set are
 * left out, as they are in configurations: a rule would take the provider's default timeout for a person's choice.
 */
const keptAlways = new Set([
  "account_id",
  "address",
  "connection_name",
  "email",
  "host",
  "id",
  "location",
  "name",
  "private_ip_address",
  "project",
  "region",
  "self_link",
  "zone",
]);

/** Makes the references of an expression in the plan's configuration. */
type Resolve = (references: readonly string[]) => readonly Reference[];

/** The values after the plan as a person wrote them: unknown ones with what they refer to. */
export function plannedValues(
  after: unknown,
  marks: unknown,
  expressions: unknown,
  resolve: Resolve,
): { readonly [key: string]: Value } {
  return body(objectOf(after), objectOf(marks), isObject(expressions) ? expressions : undefined, resolve);
}

/** All values, with everything unknown marked, whether written or not. */
export function allValues(after: unknown, marks: unknown): { readonly [key: string]: Value } {
  return body(objectOf(after), objectOf(marks), undefined, () => []);
}

/** A resource or block; without expressions (a dynamic block, which a plan does not describe) all of it counts as written. */
function body(
  after: Json,
  marks: Json,
  expressions: Json | undefined,
  resolve: Resolve,
): { readonly [key: string]: Value } {
  const entries: [string, Value][] = [];
  for (const key of keysOf(after, marks)) {
    const expression = expressions === undefined ? undefined : own(expressions, key);
    const isWritten = expressions === undefined || expression !== undefined;
    const made = one(own(after, key), own(marks, key), expression, resolve);
    const value = expression === undefined ? withoutEmpty(made) : made;
    if (isEmpty(value)) continue;
    if (isWritten || (keptAlways.has(key) && !(value instanceof Unknown)) || isBlocks(value))
      entries.push([key, value]);
  }
  return mapOf(entries);
}

function keysOf(after: Json, marks: Json): readonly string[] {
  const more = Object.keys(marks).filter((key) => !Object.hasOwn(after, key));
  return [...Object.keys(after), ...more];
}

/** A dynamic block is not among the expressions, and what it made looks like this. */
function isBlocks(value: Value): boolean {
  return isList(value) && value.length > 0 && value.every(isMap);
}

function one(after: unknown, marks: unknown, expression: unknown, resolve: Resolve): Value {
  if (marks === true) return unknown(expression, resolve);
  if (Array.isArray(expression) || (isObject(expression) && !isLeaf(expression))) {
    const written = Array.isArray(expression) ? expression.filter(isObject) : [expression as Json];
    return Array.isArray(after)
      ? blocks(after, marks, written, resolve)
      : isObject(after)
        ? body(after, objectOf(marks), written[0], resolve)
        : valueOfJson(after);
  }
  return argument(after, marks, expression, resolve);
}

function unknown(expression: unknown, resolve: Resolve): Unknown {
  return new Unknown(resolve(allReferences(expression)), "known after apply");
}

/** The value of one argument, of which pieces may be unknown. */
function argument(after: unknown, marks: unknown, expression: unknown, resolve: Resolve, depth = 0): Value {
  if (marks === true) return unknown(expression, resolve);
  if (depth > 200) return unevaluated("it is nested too deeply");
  if (Array.isArray(marks) && (Array.isArray(after) || after === undefined || after === null)) {
    const items: readonly unknown[] = Array.isArray(after) ? after : [];
    const length = Math.max(items.length, marks.length);
    return Array.from({ length }, (_, i) => argument(items[i], marks[i], expression, resolve, depth + 1));
  }
  if (isObject(marks) && Object.keys(marks).length > 0) {
    const values = objectOf(after);
    return mapOf(
      keysOf(values, marks).map((key) => [
        key,
        argument(own(values, key), own(marks, key), expression, resolve, depth + 1),
      ]),
    );
  }
  return valueOfJson(after);
}

function blocks(
  after: readonly unknown[],
  marks: unknown,
  written: readonly Json[],
  resolve: Resolve,
): Value {
  const free = new Set(written);
  return after.map((item, i) => {
    const values = objectOf(item);
    const at = written[i];
    // Blocks that are a set to Terraform come in another order than they are written in.
    const expressions =
      at !== undefined && free.has(at) && agreement(values, at) > 0 ? at : best(values, [...free]);
    if (expressions !== undefined) free.delete(expressions);
    return body(values, objectOf(Array.isArray(marks) ? marks[i] : undefined), expressions, resolve);
  });
}

function best(values: Json, candidates: readonly Json[]): Json | undefined {
  let found: Json | undefined;
  let most = -1;
  for (const candidate of candidates) {
    const score = agreement(values, candidate);
    if (score > most) [found, most] = [candidate, score];
  }
  return found;
}

/** How many constants of the expressions are in the values; -1 where one contradicts them. */
function agreement(values: Json, expressions: Json): number {
  let score = 0;
  for (const [key, expression] of Object.entries(expressions)) {
    const constant = constantOf(expression);
    if (constant === undefined || constant === null || typeof constant === "object") continue;
    const value = own(values, key);
    if (value === undefined || value === null || String(value) !== String(constant)) return -1;
    score++;
  }
  return score;
}
