import { isUnknown, Unknown, unevaluated, type Value } from "../value.ts";
import type { Files } from "./function.ts";
import { callFunction } from "./functions.ts";
import { isSet } from "./functions-type.ts";
import { binaryOperation, unaryOperation } from "./operators.ts";
import { parseTemplate } from "./parse.ts";
import {
  type Expression,
  type ForExpression,
  HclSyntaxError,
  type Step,
  type TemplatePart,
} from "./syntax.ts";
import {
  booleanOf,
  equal,
  Failure,
  isList,
  isMap,
  joined,
  mapOf,
  Rest,
  textOf,
  unknownOf,
} from "./values.ts";
import { bounded, textWork, tooLarge } from "./work.ts";

/** Resolves the names in an expression. */
export interface Scope extends Files {
  /**
   * The value of a name and as many of the attributes after it as belong to its address
   * (`google_x.y`, `data.google_x.y`, `module.m`, `var.v`), and how many those were.
   */
  lookup(name: string, attributes: readonly string[]): { readonly value: Value; readonly used: number };
  /** An attribute of a value that is a reference to something whole, or only known later. */
  attribute(value: Unknown, name: string): Value;
}

/** A scope with the names of `for` expressions around the current one. */
interface EvaluationContext {
  readonly scope: Scope;
  readonly locals: ReadonlyMap<string, Value>;
  /** True within `templatefile()` and `templatestring()`, which may not render another template. */
  readonly isTemplate: boolean;
}

const parsed = new Map<string, Expression | Failure>();

/** The value of a string of Terraform JSON that may hold expressions. Never throws. */
export function evaluateText(text: string, scope: Scope, locals?: ReadonlyMap<string, Value>): Value {
  return isLiteral(text) ? text : evaluateParsed(text, scope, locals);
}

/** True of a string of Terraform JSON without expressions. */
export function isLiteral(text: string): boolean {
  return !text.includes("${") && !text.includes("%{");
}

function evaluateParsed(
  text: string,
  scope: Scope,
  locals: ReadonlyMap<string, Value> = new Map(),
  isTemplate = false,
): Value {
  const tree = parseCached(text);
  return tree instanceof Failure
    ? scope.giveUp(`the expression ${shortened(text)} was not understood: ${tree.why}`)
    : valueFor(tree, { scope, locals, isTemplate });
}

function shortened(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}

/** Repeated resources share their expressions; the cache is cleared before it grows large. */
function parseCached(text: string): Expression | Failure {
  let tree = parsed.get(text);
  if (tree !== undefined) return tree;
  try {
    tree = parseTemplate(text);
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    tree = new Failure(`${error.message} at character ${error.at + 1}`);
  }
  if (parsed.size > 5_000) parsed.clear();
  if (text.length < 2_000) parsed.set(text, tree);
  return tree;
}

export function evaluate(
  expression: Expression,
  scope: Scope,
  locals: ReadonlyMap<string, Value> = new Map(),
): Value {
  return valueFor(expression, { scope, locals, isTemplate: false });
}

function valueFor(expression: Expression, context: EvaluationContext): Value {
  if (!context.scope.spend(1)) return tooLarge();
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return bounded(joined(expression.parts.flatMap((part) => textParts(part, context))), context.scope);
    case "name":
      return context.locals.get(expression.name) ?? named(expression.name, [], context).value;
    case "traversal":
      return traversal(expression.root, expression.steps, context);
    case "list":
      return expression.items.map((item) => valueFor(item, context));
    case "object":
      return object(expression.items, context);
    case "for":
      return forLoop(expression, context);
    case "unary":
      return unaryOperation(expression.operator, valueFor(expression.operand, context));
    case "binary":
      return binaryOperation(expression.operator, valueFor(expression.left, context), () =>
        valueFor(expression.right, context),
      );
    case "conditional":
      return conditional(expression, context);
    case "call":
      return call(expression, context);
  }
}

function named(
  name: string,
  attributes: readonly string[],
  { scope, locals }: EvaluationContext,
): { value: Value; used: number } {
  const local = locals.get(name);
  return local !== undefined ? { value: local, used: 0 } : scope.lookup(name, attributes);
}

function traversal(root: Expression, steps: readonly Step[], context: EvaluationContext): Value {
  if (root.kind !== "name") return follow(valueFor(root, context), steps, context);
  const end = steps.findIndex((step) => step.kind !== "attribute");
  const attributes = steps
    .slice(0, end < 0 ? steps.length : end)
    .map((step) => (step.kind === "attribute" ? step.name : ""));
  const { value, used } = named(root.name, attributes, context);
  return follow(value, steps.slice(used), context);
}

function follow(start: Value, steps: readonly Step[], context: EvaluationContext): Value {
  let value = start;
  let resource: Unknown | undefined;
  for (const step of steps) {
    if (value instanceof Failure) break;
    if (isUnknown(value)) resource = isModule(value) ? undefined : value;
    if (step.kind === "attribute") value = attribute(value, step.name, context.scope);
    else if (step.kind === "index") value = index(value, valueFor(step.key, context));
    else value = splat(value, step.each, context);
  }
  // An attribute that a block of a resource does not set may be computed by the provider.
  if (value instanceof Failure && resource !== undefined)
    return resource.cause === "apply" ? new Unknown(resource.references, "known after apply") : resource;
  return value;
}

/** A module has the outputs that it declares, and no others. */
function isModule({ references: [reference] }: Unknown): boolean {
  return reference?.attribute === "" && /(?:^|\.)module\.[^.[\]]+(?:\[[^[\]]*\])?$/.test(reference.address);
}

function attribute(value: Value, name: string, scope: Scope): Value {
  if (isUnknown(value)) return scope.attribute(value, name);
  if (isMap(value) && Object.hasOwn(value, name)) return value[name] ?? null;
  return new Failure(value === null ? `null has no attribute ${name}` : `there is no attribute ${name}`);
}

export function index(value: Value, key: Value): Value {
  if (isUnknown(key))
    return unknownOf([value, key, ...(isMap(value) ? Object.values(value) : isList(value) ? value : [])]);
  if (isUnknown(value)) return value;
  const position = typeof key === "string" && /^\d+$/.test(key) ? Number(key) : key;
  if (isList(value) && typeof position === "number") return element(value, position);
  const name = textOf(key);
  if (isMap(value) && name !== undefined && Object.hasOwn(value, name)) return value[name] ?? null;
  // A single block may be written as an object in JSON, and is referred to with [0] all the same.
  if (isMap(value) && key === 0) return value;
  return new Failure("there is no such element");
}

function element(list: readonly Value[], position: number): Value {
  const rest = list.slice(0, position + 1).find((item) => item instanceof Rest);
  if (rest !== undefined) return unknownOf([rest]);
  return list[position] ?? (position in list ? null : new Failure("the index is out of range"));
}

function splat(value: Value, each: readonly Step[], context: EvaluationContext): Value {
  if (isUnknown(value)) {
    const one = follow(value, each, context);
    return isUnknown(one) ? new Unknown(one.references, one.why, [], one.cause) : unknownOf([value]);
  }
  if (value === null) return [];
  const list = isList(value) ? value : [value];
  return context.scope.spend(list.length)
    ? list.map((item) => (item instanceof Rest ? item : follow(item, each, context)))
    : unknownOf([]);
}

function object(items: readonly (readonly [Expression, Expression])[], context: EvaluationContext): Value {
  const entries: [string, Value][] = [];
  for (const [keyExpression, valueExpression] of items) {
    const key = valueFor(keyExpression, context);
    const name = textOf(key);
    if (name === undefined) return unknownOf([key], isUnknown(key) ? undefined : "a key is no text");
    entries.push([name, valueFor(valueExpression, context)]);
  }
  return mapOf(entries);
}

function conditional(expression: Expression & { kind: "conditional" }, context: EvaluationContext): Value {
  const condition = valueFor(expression.condition, context);
  const decided = booleanOf(condition);
  if (decided !== undefined) return valueFor(decided ? expression.yes : expression.no, context);
  if (condition instanceof Failure) return condition;
  const yes = valueFor(expression.yes, context);
  const no = valueFor(expression.no, context);
  if (equal(yes, no) === true) return yes;
  return isUnknown(condition)
    ? unknownOf([condition, ...[yes, no].filter((value) => !(value instanceof Failure))])
    : new Failure("a condition is neither true nor false");
}

/** The elements of what a loop runs over, with their keys; undefined where they cannot be known. */
export function elements(source: Value): readonly (readonly [Value, Value])[] | undefined {
  if (isList(source))
    return isSet(source) ? source.map((item) => [item, item]) : source.map((item, i) => [i, item]);
  if (!isMap(source)) return undefined;
  return Object.keys(source)
    .sort()
    .map((key) => [key, source[key] ?? null]);
}

function withNames(
  context: EvaluationContext,
  keyName: string | undefined,
  valueName: string,
  [key, value]: readonly [Value, Value],
): EvaluationContext {
  const locals = new Map(context.locals);
  if (keyName !== undefined) locals.set(keyName, key);
  locals.set(valueName, value);
  return { ...context, locals };
}

function forLoop(loop: ForExpression, context: EvaluationContext): Value {
  const source = valueFor(loop.source, context);
  const pairs = elements(source);
  if (pairs === undefined)
    return isUnknown(source)
      ? new Unknown(source.references, source.why, [], source.cause)
      : new Failure("for needs a list or a map");
  const results: [Value, Value][] = [];
  for (const pair of pairs) {
    if (!context.scope.spend(1)) return tooLarge();
    const [, value] = pair;
    if (value instanceof Rest) {
      if (loop.key !== undefined) return unknownOf(pairs.map(([, each]) => each));
      results.push([null, value]);
      continue;
    }
    const inner = withNames(context, loop.keyName, loop.valueName, pair);
    const wanted = loop.condition === undefined ? true : valueFor(loop.condition, inner);
    if (isUnknown(wanted)) return unknownOf([wanted, ...pairs.map(([, value]) => value)]);
    if (booleanOf(wanted) === true) {
      results.push([loop.key === undefined ? null : valueFor(loop.key, inner), valueFor(loop.value, inner)]);
    }
  }
  if (loop.key === undefined) return results.map(([, value]) => value);
  const unknownKey = results.find(([key]) => textOf(key) === undefined);
  if (unknownKey !== undefined) return unknownOf(unknownKey, "a key is only known after apply");
  return loop.grouped ? groups(results) : mapOf(results.map(([key, value]) => [textOf(key) ?? "", value]));
}

function groups(results: readonly [Value, Value][]): Value {
  const grouped = new Map<string, Value[]>();
  for (const [key, value] of results) {
    const name = textOf(key) ?? "";
    const group = grouped.get(name);
    if (group === undefined) grouped.set(name, [value]);
    else group.push(value);
  }
  return mapOf(grouped);
}

function call(expression: Expression & { kind: "call" }, context: EvaluationContext): Value {
  const { name, args, spread } = expression;
  if (name === "try") return firstThatWorks(args, context);
  if (name === "can") {
    const [value = null] = args.map((arg) => valueFor(arg, context));
    return isUnknown(value) && !(value instanceof Failure) ? unknownOf([value]) : !(value instanceof Failure);
  }
  const values = args.map((arg) => valueFor(arg, context));
  if (spread) {
    const last = values.pop() ?? null;
    if (!isList(last))
      return isUnknown(last) ? unknownOf([...values, last]) : new Failure("... needs a list");
    for (const item of last) values.push(item);
  }
  const [first = null, variables = null] = values;
  if (context.isTemplate && (name === "templatestring" || name === "templatefile"))
    return new Failure("a template may not render another");
  if (name === "templatestring") return rendered(first, variables, context.scope);
  return name === "templatefile"
    ? rendered(templateIn(first, context.scope), variables, context.scope)
    : callFunction(name, values, context.scope);
}

function templateIn(path: Value, scope: Scope): Value {
  if (typeof path !== "string") return path;
  return scope.readFile(path) ?? unevaluated(`the template ${path} was not read`);
}

function rendered(template: Value, variables: Value, scope: Scope): Value {
  if (isUnknown(template) || isUnknown(variables)) return unknownOf([template, variables]);
  if (typeof template !== "string" || !isMap(variables))
    return new Failure("a template does not take these arguments");
  if (!scope.spend(textWork(template))) return tooLarge();
  return evaluateParsed(template, scope, new Map(Object.entries(variables)), true);
}

function firstThatWorks(args: readonly Expression[], context: EvaluationContext): Value {
  for (const arg of args) {
    const value = valueFor(arg, context);
    if (!(value instanceof Failure)) return value;
  }
  return new Failure("no argument of try works");
}

function textParts(part: TemplatePart, context: EvaluationContext): Value[] {
  if (typeof part === "string") return [part];
  if (part.kind === "value") return [valueFor(part.value, context)];
  if (part.kind === "if") {
    const condition = valueFor(part.condition, context);
    const decided = booleanOf(condition);
    if (decided === undefined) return [unknownOf([condition])];
    return (decided ? part.yes : part.no).flatMap((inner) => textParts(inner, context));
  }
  const source = valueFor(part.source, context);
  const pairs = elements(source);
  if (pairs === undefined) return [unknownOf([source])];
  return pairs.flatMap((pair) => {
    if (!context.scope.spend(1)) return [tooLarge()];
    const inner = withNames(context, part.keyName, part.valueName, pair);
    return part.body.flatMap((piece) => textParts(piece, inner));
  });
}
