import { elements, evaluateText, type Scope } from "../expression/evaluate.ts";
import { isList, mapOf, Rest, textOf, type ValueMap } from "../expression/values.ts";
import { tooLarge } from "../expression/work.ts";
import { isObject, type Json, listOf, objectOf, own } from "../json.ts";
import { isUnknown, type Value } from "../value.ts";

type Locals = ReadonlyMap<string, Value>;

const maxDepth = 100;
/** Evaluation steps that a generated block counts as: a scope and a map of its own. */
const blockWork = 20;

/**
 * The value of what is written for an argument or in a block, its dynamic blocks written out. What holds no expression is its
 * own value: most of a configuration is not copied.
 */
export function evaluateWritten(
  written: unknown,
  scope: Scope,
  locals: Locals = new Map(),
  depth = 0,
): Value {
  if (depth > maxDepth) return scope.giveUp("an expression is nested too deeply");
  if (!scope.spend(1)) return tooLarge();
  if (typeof written === "string") return evaluateText(written, scope, locals);
  if (Array.isArray(written)) return evaluateList(written, scope, locals, depth);
  if (isObject(written)) return evaluateBody(written, scope, locals, depth);
  return typeof written === "number" || typeof written === "boolean" ? written : null;
}

/** The literal text where names are not references: `ignore_changes` lists attributes, not their values. */
export function asWritten(written: unknown, depth = 0): Value {
  if (typeof written === "string") return withoutBraces(written);
  if (depth > maxDepth) return null;
  if (Array.isArray(written)) return written.map((item) => asWritten(item, depth + 1));
  if (isObject(written))
    return mapOf(Object.entries(written).map(([key, item]) => [key, asWritten(item, depth + 1)]));
  return typeof written === "number" || typeof written === "boolean" ? written : null;
}

/** The content of the braces of `${...}`, or the text itself. */
export function withoutBraces(text: string): string {
  const inner = text.startsWith("${") ? text.slice("${".length) : text;
  return (inner.endsWith("}") ? inner.slice(0, -"}".length) : inner).trim();
}

function evaluateList(list: readonly unknown[], scope: Scope, locals: Locals, depth: number): Value {
  let isOwnValue = true;
  const values = list.map((item) => {
    const value = evaluateWritten(item, scope, locals, depth + 1);
    if (value !== item) isOwnValue = false;
    return value;
  });
  return isOwnValue ? (list as readonly Value[]) : values;
}

function evaluateBody(body: Json, scope: Scope, locals: Locals, depth: number): Value {
  const entries = new Map<string, Value>();
  let isOwnValue = true;
  for (const key of Object.keys(body)) {
    const written = body[key];
    if (key === "//" || (key === "dynamic" && isDynamic(written))) {
      isOwnValue = false;
      continue;
    }
    const name = textOf(evaluateText(key, scope, locals)) ?? key;
    const value = evaluateWritten(written, scope, locals, depth + 1);
    if (name !== key || value !== written) isOwnValue = false;
    entries.set(name, value);
  }
  if (isOwnValue) return body as ValueMap;
  for (const [label, generated] of dynamicBlocks(body, scope, locals, depth)) {
    entries.set(label, withGenerated(entries.get(label), generated));
  }
  return mapOf(entries);
}

/** Static blocks followed by the generated ones. */
export function withGenerated(written: Value | undefined, generated: readonly Value[]): Value {
  const before = written === undefined || written === null ? [] : isList(written) ? written : [written];
  return [...before, ...generated];
}

function isDynamic(written: unknown): boolean {
  return listOf(written).every(
    (item) =>
      isObject(item) &&
      Object.values(item).every((block) =>
        listOf(block).every((inner) => "content" in objectOf(inner) || "for_each" in objectOf(inner)),
      ),
  );
}

/** The blocks that the `dynamic` blocks of a body generate, by label. */
export function dynamicBlocks(
  body: Json,
  scope: Scope,
  locals: Locals = new Map(),
  depth = 0,
): Map<string, Value[]> {
  const generated = new Map<string, Value[]>();
  const written = own(body, "dynamic");
  if (written === undefined || !isDynamic(written)) return generated;
  for (const item of listOf(written)) {
    for (const [label, specs] of Object.entries(objectOf(item))) {
      const blocks = listOf(specs).flatMap((spec) => repeated(label, objectOf(spec), scope, locals, depth));
      generated.set(label, [...(generated.get(label) ?? []), ...blocks]);
    }
  }
  return generated;
}

function repeated(label: string, spec: Json, scope: Scope, locals: Locals, depth: number): Value[] {
  const source = evaluateWritten(own(spec, "for_each"), scope, locals, depth + 1);
  if (isUnknown(source)) return [Rest.of(source)];
  const pairs = elements(source) ?? [];
  const iterator = /^(?:\$\{)?\s*([\w-]+)\s*\}?$/.exec(String(own(spec, "iterator") ?? ""))?.[1] ?? label;
  const [content] = listOf(own(spec, "content"));
  return pairs.map(([key, value]) => {
    if (value instanceof Rest) return value;
    if (!scope.spend(blockWork)) return tooLarge();
    return evaluateWritten(content ?? {}, scope, new Map([...locals, [iterator, { key, value }]]), depth + 1);
  });
}
