import { Reader } from "./reader.ts";
import type { Expression, Step } from "./syntax.ts";
import { heredoc, quoted, template } from "./template.ts";

/** How strongly the operators bind. */
const precedences = new Map([
  ["||", 0],
  ["&&", 1],
  ["==", 2],
  ["!=", 2],
  [">=", 3],
  ["<=", 3],
  [">", 3],
  ["<", 3],
  ["+", 4],
  ["-", 4],
  ["*", 5],
  ["/", 5],
  ["%", 5],
]);

/** An attribute of a resource and no more, as nearly all expressions of CDKTF are: `${google_compute_network.main.id}`. */
const ATTRIBUTE = /^\$\{([a-z]+_[a-z0-9_]+)\.([A-Za-z_][\w-]*)\.([a-z_]+)\}$/;

/** Parses a string of Terraform JSON with `${...}` and `%{...}` in it. */
export function parseTemplate(text: string): Expression {
  const [, name, ...attributes] = ATTRIBUTE.exec(text) ?? [];
  if (name === undefined) return template(new Reader(text), "text");
  const steps = attributes.map((attribute): Step => ({ kind: "attribute", name: attribute }));
  return { kind: "traversal", root: { kind: "name", name }, steps };
}

/** Parses a bare expression, such as a type constraint. */
export function parseExpression(text: string): Expression {
  const reader = new Reader(text);
  const result = expression(reader);
  if (reader.next() < text.length) reader.fail("the end");
  return result;
}

export function expression(reader: Reader): Expression {
  return reader.deeper(() => {
    const start = reader.next();
    const tree = conditional(reader);
    // What is in parentheses or a template by itself has its own span.
    if (!reader.spans.has(tree)) reader.spans.set(tree, [start, reader.at]);
    return tree;
  });
}

function conditional(reader: Reader): Expression {
  const condition = binary(reader, 0);
  if (!reader.take("?")) return condition;
  const yes = expression(reader);
  reader.need(":");
  return { kind: "conditional", condition, yes, no: expression(reader) };
}

/** Operators that bind at least as strongly as `least`. */
function binary(reader: Reader, least: number): Expression {
  let left = unary(reader);
  for (;;) {
    const start = reader.at;
    const operator = reader.token(/\|\||&&|[=!<>]=|[<>+\-*/%]/y) ?? "";
    const precedence = precedences.get(operator) ?? -1;
    if (precedence < least) {
      reader.at = start;
      return left;
    }
    left = { kind: "binary", operator, left, right: binary(reader, precedence + 1) };
  }
}

function unary(reader: Reader): Expression {
  for (const operator of ["!", "-"]) {
    if (reader.take(operator))
      return reader.deeper(() => ({ kind: "unary", operator, operand: unary(reader) }));
  }
  const root = primary(reader);
  const steps = stepsAfter(reader, false);
  return steps.length === 0 ? root : { kind: "traversal", root, steps };
}

/** The steps into a value. After `.*` only attributes belong to each element. */
function stepsAfter(reader: Reader, attributesOnly: boolean): Step[] {
  const steps: Step[] = [];
  for (;;) {
    // "..." ends the last argument of a call, and is no step.
    if (reader.looksAt("...")) return steps;
    if (reader.take(".")) steps.push(afterDot(reader));
    else if (!attributesOnly && reader.looksAt("[")) steps.push(inBrackets(reader));
    else return steps;
  }
}

function afterDot(reader: Reader): Step {
  if (reader.take("*")) return { kind: "splat", each: stepsAfter(reader, true) };
  const digits = reader.token(/\d+/y);
  if (digits !== undefined) return { kind: "index", key: { kind: "literal", value: Number(digits) } };
  return { kind: "attribute", name: reader.word() ?? reader.fail("a name") };
}

function inBrackets(reader: Reader): Step {
  reader.need("[");
  const key = reader.withLines(true, () => {
    if (reader.take("*")) {
      reader.need("]");
      return undefined;
    }
    const inner = expression(reader);
    reader.need("]");
    return inner;
  });
  return key === undefined ? { kind: "splat", each: stepsAfter(reader, false) } : { kind: "index", key };
}

function primary(reader: Reader): Expression {
  if (reader.looksAt('"')) return quoted(reader);
  if (reader.looksAt("<<")) return heredoc(reader);
  if (reader.take("(")) return closed(reader, ")", () => expression(reader));
  if (reader.take("[")) return closed(reader, "]", () => forExpression(reader, false) ?? list(reader));
  if (reader.take("{")) return closed(reader, "}", () => forExpression(reader, true) ?? object(reader));
  const number = reader.token(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: "literal", value: Number(number) };
  const name = reader.word() ?? reader.fail("an expression");
  if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
  if (name === "null") return { kind: "literal", value: null };
  const namespace = reader.match(/(?:::[\p{L}_][\p{L}\p{N}_-]*)+/uy) ?? "";
  return reader.take("(") ? call(reader, name + namespace) : { kind: "name", name };
}

function closed(reader: Reader, mark: string, read: () => Expression): Expression {
  return reader.withLines(true, () => {
    const inner = read();
    reader.need(mark);
    return inner;
  });
}

function call(reader: Reader, name: string): Expression {
  return reader.withLines(true, () => {
    const args: Expression[] = [];
    let spread = false;
    while (!reader.take(")")) {
      args.push(expression(reader));
      if (reader.take("...")) spread = true;
      if (!reader.take(",") && !reader.looksAt(")")) reader.fail('"," or ")"');
    }
    return { kind: "call", name, args, spread };
  });
}

function list(reader: Reader): Expression {
  const items: Expression[] = [];
  while (!reader.looksAt("]")) {
    items.push(expression(reader));
    if (!reader.take(",") && !reader.looksAt("]")) reader.fail('"," or "]"');
  }
  return { kind: "list", items };
}

/** In an object a line break ends an item, as a comma does. */
function object(reader: Reader): Expression {
  const items: [Expression, Expression][] = [];
  while (!reader.looksAt("}")) {
    const key = objectKey(reader);
    if (!reader.take("=") && !reader.take(":")) reader.fail('"=" or ":"');
    items.push([key, reader.withLines(false, () => objectValue(reader))]);
  }
  return { kind: "object", items };
}

function objectValue(reader: Reader): Expression {
  const value = expression(reader);
  if (!reader.take(",") && !reader.looksAt("}") && !reader.looksAt("\n")) reader.fail('"," or a new line');
  return value;
}

function objectKey(reader: Reader): Expression {
  const start = reader.at;
  const word = reader.token(/[\p{ID_Start}_][\p{ID_Continue}.-]*/uy);
  if (word !== undefined && (reader.looksAt("=") || reader.looksAt(":")))
    return { kind: "literal", value: word };
  reader.at = start;
  return expression(reader);
}

/** `for` and what follows it, in a list or in an object; undefined where it is neither. */
function forExpression(reader: Reader, inObject: boolean): Expression | undefined {
  const start = reader.at;
  const names = reader.keyword("for") ? forNames(reader) : undefined;
  if (names === undefined) {
    reader.at = start;
    return undefined;
  }
  const source = expression(reader);
  reader.need(":");
  const first = expression(reader);
  const isObject = inObject && reader.take("=>");
  const value = isObject ? expression(reader) : first;
  const grouped = reader.take("...");
  const condition = reader.keyword("if") ? expression(reader) : undefined;
  return { kind: "for", ...names, source, key: isObject ? first : undefined, value, grouped, condition };
}

/** `x in` or `k, v in`; undefined where it is an attribute that is called "for". */
export function forNames(reader: Reader): { keyName: string | undefined; valueName: string } | undefined {
  const first = reader.word();
  if (first === undefined) return undefined;
  const second = reader.take(",") ? reader.word() : undefined;
  if (!reader.keyword("in")) return undefined;
  return second === undefined
    ? { keyName: undefined, valueName: first }
    : { keyName: first, valueName: second };
}
