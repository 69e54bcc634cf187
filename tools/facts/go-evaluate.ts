import { type Expression, parseExpression } from "./go-expression.ts";
import { parseFunction, type Statement } from "./go-function.ts";
import type { Declaration, GoProgram } from "./go-package.ts";
import { Call, type GoValue, Named, opaque, Struct } from "./go-values.ts";

type Locals = Map<string, GoValue>;

/** Calls nest a few levels in the provider's code; more is a recursion that was not meant to be followed. */
const deepest = 40;
/** Only functions that give one of these are run; validators and the like are kept as calls. */
const followed =
  /^\s*(?:\(?\s*\*?(?:schema\.(?:Schema|Resource)\b)|map\[string\]\*?schema\.Schema\b|\[\]string\s*\{|string\s*\{)/;

/** Evaluates the declarations of a program. */
export class Evaluator {
  readonly #program: GoProgram;
  readonly #values = new Map<string, { readonly value: GoValue; readonly used: ReadonlySet<string> }>();
  #used = new Set<string>();

  constructor(program: GoProgram) {
    this.#program = program;
  }

  /** The value of an expression in a package, with the declarations ("folder.Name") that it depends on. */
  tracked(expression: Expression, folder: string, depth = 0): { value: GoValue; used: ReadonlySet<string> } {
    const outer = this.#used;
    this.#used = new Set();
    const value = this.evaluate(expression, folder, new Map(), depth);
    const used = this.#used;
    this.#used = outer;
    for (const key of used) outer.add(key);
    return { value, used };
  }

  evaluate(expression: Expression, folder: string, locals: Locals = new Map(), depth = 0): GoValue {
    if (depth > deepest) return opaque;
    const of = (inner: Expression) => this.evaluate(inner, folder, locals, depth + 1);
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "name":
        return this.#named(expression.name, folder, locals, depth);
      case "sum": {
        const [left, right] = [of(expression.left), of(expression.right)];
        if (typeof left === "string" && typeof right === "string") return left + right;
        return typeof left === "number" && typeof right === "number" ? left + right : opaque;
      }
      case "index": {
        const [container, key] = [of(expression.of), of(expression.key)];
        if (container instanceof Map && typeof key === "string") return container.get(key) ?? opaque;
        return Array.isArray(container) && typeof key === "number" ? (container[key] ?? opaque) : opaque;
      }
      case "field": {
        const container = of(expression.of);
        return container instanceof Struct ? (container.fields.get(expression.name) ?? opaque) : opaque;
      }
      case "composite":
        return this.#composite(expression, of);
      case "call":
        return this.#call(of(expression.of), expression.given.map(of), depth);
      case "opaque":
        return opaque;
    }
  }

  #composite(
    written: Extract<Expression, { kind: "composite" }>,
    of: (inner: Expression) => GoValue,
  ): GoValue {
    const { type, entries } = written;
    if (type.startsWith("[") || (type === "" && entries[0]?.[0] === undefined && entries.length > 0))
      return entries.map(([, value]) => of(value));
    const isMap = type.startsWith("map[") || entries[0]?.[0]?.kind === "literal";
    const named = new Map<string, GoValue>();
    for (const [key, value] of entries) {
      const name = key?.kind === "name" && !isMap ? key.name : key === undefined ? undefined : of(key);
      if (typeof name === "string") named.set(name, of(value));
    }
    return isMap ? named : new Struct(type, named);
  }

  #named(name: string, folder: string, locals: Locals, depth: number): GoValue {
    const [first = "", ...rest] = name.split(".");
    const local = locals.get(first);
    if (local !== undefined) return fields(local, rest);
    const declared = this.#program.declaration(folder, first);
    if (declared !== undefined) return fields(this.#declared(folder, first, declared, depth), rest);
    const other = this.#program.imported(folder, first);
    const [second = "", ...further] = rest;
    const imported = other === undefined ? undefined : this.#program.declaration(other, second);
    if (other === undefined || imported === undefined) return new Named(name);
    return fields(this.#declared(other, second, imported, depth), further);
  }

  #declared(folder: string, name: string, declared: Declaration, depth: number): GoValue {
    if (declared.kind === "function") return new Named(name, folder);
    const key = `${folder}.${name}`;
    this.#used.add(key);
    const known = this.#values.get(key);
    if (known !== undefined) {
      for (const used of known.used) this.#used.add(used);
      return known.value;
    }
    this.#values.set(key, { value: opaque, used: new Set() });
    const tracked = this.tracked(parseExpression(declared.text, declared.start), folder, depth + 1);
    this.#values.set(key, tracked);
    return tracked.value;
  }

  #call(called: GoValue, given: GoValue[], depth: number): GoValue {
    if (!(called instanceof Named)) return opaque;
    const { name, folder } = called;
    const [first, ...others] = given;
    if (/(?:^|\.)mergeSchemas$/i.test(name)) return merged(given);
    if (name === "append" && Array.isArray(first)) return [...first, ...others.flat()];
    if (name === "make") return new Map();
    if (name === "delete" && first instanceof Map) first.delete(String(others[0]));
    if (name === "fmt.Sprintf" && typeof first === "string") return formatted(first, others);
    const declared = folder === undefined ? undefined : this.#program.declaration(folder, name);
    if (folder === undefined || declared === undefined) return new Call(name, given);
    const head = declared.text.slice(declared.start, declared.text.indexOf("\n", declared.start));
    if (!followed.test(resultOf(head))) return new Call(name, given);
    this.#used.add(`${folder}.${name}`);
    const { parameters, body } = parseFunction(declared.text, declared.start);
    const locals: Locals = new Map(parameters.map((parameter, index) => [parameter, given[index] ?? opaque]));
    return this.#run(body, folder, locals, depth + 1) ?? opaque;
  }

  #run(statements: readonly Statement[], folder: string, locals: Locals, depth: number): GoValue | undefined {
    for (const statement of statements) {
      if (statement.kind === "return") return this.evaluate(statement.value, folder, locals, depth);
      if (statement.kind === "run") this.evaluate(statement.call, folder, locals, depth);
      if (statement.kind === "assign")
        this.#assign(
          statement.to,
          this.evaluate(statement.value, folder, locals, depth),
          folder,
          locals,
          depth,
        );
      if (statement.kind !== "range") continue;
      const over = this.evaluate(statement.over, folder, locals, depth);
      const pairs = over instanceof Map || Array.isArray(over) ? [...over.entries()] : [];
      for (const [key, value] of pairs) {
        locals.set(statement.key, key).set(statement.value, value);
        this.#run(statement.body, folder, locals, depth);
      }
    }
    return undefined;
  }

  #assign(to: Expression, value: GoValue, folder: string, locals: Locals, depth: number): void {
    if (to.kind === "index") {
      const container = this.evaluate(to.of, folder, locals, depth);
      const key = this.evaluate(to.key, folder, locals, depth);
      if (container instanceof Map && typeof key === "string") container.set(key, value);
    } else if (to.kind === "field") {
      const container = this.evaluate(to.of, folder, locals, depth);
      if (container instanceof Struct) container.fields.set(to.name, value);
    } else if (to.kind === "name") {
      const steps = to.name.split(".");
      const last = steps.pop() ?? "";
      const container = steps.length === 0 ? undefined : this.#named(steps.join("."), folder, locals, depth);
      if (container === undefined) locals.set(last, value);
      else if (container instanceof Struct) container.fields.set(last, value);
    }
  }
}

/** The part of a function head after the parameters. */
function resultOf(head: string): string {
  let depth = 0;
  for (let at = head.indexOf("("); at >= 0 && at < head.length; at++) {
    if (head[at] === "(") depth++;
    if (head[at] === ")" && --depth === 0) return head.slice(at + 1);
  }
  return "";
}

function fields(value: GoValue, names: readonly string[]): GoValue {
  let found = value;
  for (const name of names) found = found instanceof Struct ? (found.fields.get(name) ?? opaque) : opaque;
  return found;
}

function merged(schemas: readonly GoValue[]): GoValue {
  const entries = schemas.map((schema) => (schema instanceof Map ? [...schema] : undefined));
  return entries.includes(undefined) ? opaque : new Map(entries.flatMap((pairs) => pairs ?? []));
}

function formatted(form: string, given: readonly GoValue[]): GoValue {
  let at = 0;
  let known = true;
  const text = form.replace(/%[sdvq]/g, (verb) => {
    const value = given[at++];
    known &&= typeof value === "string" || typeof value === "number";
    return verb === "%q" ? JSON.stringify(value) : String(value);
  });
  return known ? text : opaque;
}
