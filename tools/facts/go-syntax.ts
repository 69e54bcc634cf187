import { type Token, tokens } from "./go-tokens.ts";

/** The part of Go that describes a schema: literals, names, calls. What is anything else is "opaque". */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly of: Expression; readonly given: readonly Expression[] }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  | { readonly kind: "field"; readonly of: Expression; readonly name: string }
  | { readonly kind: "sum"; readonly left: Expression; readonly right: Expression }
  /** `T{...}`: entries of a map or struct have a key, elements of a slice none. */
  | {
      readonly kind: "composite";
      readonly type: string;
      readonly entries: readonly (readonly [key: Expression | undefined, value: Expression])[];
    }
  | { readonly kind: "opaque" };

export type Statement =
  | { readonly kind: "return"; readonly value: Expression }
  | { readonly kind: "assign"; readonly to: Expression; readonly value: Expression }
  | { readonly kind: "run"; readonly call: Expression }
  | {
      readonly kind: "range";
      readonly key: string;
      readonly value: string;
      readonly over: Expression;
      readonly body: readonly Statement[];
    }
  | { readonly kind: "opaque" };

const opaque: Expression = { kind: "opaque" };
const end: Token = { kind: "end", text: "" };
const open = new Set(["(", "[", "{"]);
const close = new Set([")", "]", "}"]);

/** The expression at the offset. */
export function parseExpression(text: string, start: number): Expression {
  return new Parser(text, start).expression();
}

/** The function whose declaration starts at the offset: its parameters' names and its statements. */
export function parseFunction(
  text: string,
  start: number,
): { readonly parameters: readonly string[]; readonly body: readonly Statement[] } {
  const parser = new Parser(text, start);
  parser.next();
  parser.next();
  const parameters = parser.parameters();
  parser.skipTo("{");
  return { parameters, body: parser.block() };
}

class Parser {
  readonly #source: Generator<Token>;
  readonly #ahead: Token[] = [];

  constructor(text: string, start: number) {
    this.#source = tokens(text, start);
  }

  peek(distance = 0): Token {
    while (this.#ahead.length <= distance) {
      const next = this.#source.next();
      this.#ahead.push(next.done === true ? end : next.value);
    }
    return this.#ahead[distance] ?? end;
  }

  next(): Token {
    const token = this.peek();
    this.#ahead.shift();
    return token;
  }

  #is(text: string): boolean {
    const token = this.peek();
    return token.text === text && token.kind !== "string";
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.next();
    return true;
  }

  /** Reads on to the sign at this depth of brackets, and leaves it there. */
  skipTo(...signs: string[]): void {
    for (let depth = 0; ; this.next()) {
      const { kind, text } = this.peek();
      if (kind === "end" || (depth === 0 && kind === "sign" && signs.includes(text))) return;
      if (kind !== "sign") continue;
      if (open.has(text)) depth++;
      else if (close.has(text) && --depth < 0) return;
    }
  }

  /** Past the bracket that closes the one that stands here. */
  #skipBrackets(): void {
    this.next();
    for (let depth = 1; depth > 0; ) {
      const { kind, text } = this.next();
      if (kind === "end") return;
      if (kind !== "sign") continue;
      if (open.has(text)) depth++;
      else if (close.has(text)) depth--;
    }
  }

  parameters(): string[] {
    const names: string[] = [];
    if (!this.#take("(")) return names;
    while (!this.#is(")") && this.peek().kind !== "end") {
      names.push(this.next().text);
      this.skipTo(",", ")");
      this.#take(",");
    }
    this.next();
    return names;
  }

  block(): Statement[] {
    const statements: Statement[] = [];
    this.#take("{");
    while (!this.#is("}") && this.peek().kind !== "end") {
      if (this.#take(";")) continue;
      statements.push(this.#statement());
    }
    this.next();
    return statements;
  }

  #statement(): Statement {
    if (this.#take("return")) {
      const value = this.#is(";") || this.#is("}") ? opaque : this.expression();
      this.#endStatement();
      return { kind: "return", value };
    }
    if (this.#is("for")) return this.#loop();
    if (["if", "switch", "select", "go", "defer", "type", "const"].includes(this.peek().text))
      return this.#skipStatement();
    if (this.#take("var")) {
      const name = this.next().text;
      this.skipTo("=", ";", "}");
      const value = this.#take("=") ? this.expression() : opaque;
      this.#endStatement();
      return { kind: "assign", to: { kind: "name", name }, value };
    }
    const to = this.expression();
    if (this.#is(":=") || this.#is("=")) {
      this.next();
      const value = this.expression();
      this.#endStatement();
      return { kind: "assign", to, value };
    }
    const alone = this.#is(";") || this.#is("}");
    this.#endStatement();
    return alone && to.kind === "call" ? { kind: "run", call: to } : { kind: "opaque" };
  }

  #endStatement(): void {
    this.skipTo(";", "}");
  }

  /** `if`, `switch` and the like, with all their branches. */
  #skipStatement(): Statement {
    do {
      this.skipTo("{", ";");
      // The statement in front of a condition: `if x := f(); x {`.
      while (this.#take(";") && !this.#is("}")) this.skipTo("{", ";");
      if (this.#is("{")) this.#skipBrackets();
    } while (this.#take("else"));
    return { kind: "opaque" };
  }

  #loop(): Statement {
    const names: string[] = [];
    this.next();
    while (this.peek().kind === "name" && this.peek().text !== "range") {
      names.push(this.next().text);
      this.#take(",");
    }
    if (!this.#is(":=") || this.peek(1).text !== "range") return this.#skipStatement();
    const [key = "_", value = "_"] = names;
    this.next();
    this.next();
    const over = this.expression(false);
    return { kind: "range", key, value, over, body: this.block() };
  }

  /** @param composites false in the head of a statement, where a "{" opens the block */
  expression(composites = true): Expression {
    let left = this.#operand(composites);
    while (
      /^(?:\+|-|\*|\/|%|==|!=|<=?|>=?|&&|\|\||\||&|\^)$/.test(this.peek().text) &&
      this.peek().kind === "sign"
    ) {
      const operator = this.next().text;
      const right = this.#operand(composites);
      left = operator === "+" ? { kind: "sum", left, right } : opaque;
    }
    return left;
  }

  #operand(composites: boolean): Expression {
    const token = this.peek();
    if (token.kind === "sign" && ["&", "*", "-", "!", "<-"].includes(token.text)) {
      this.next();
      const inner = this.#operand(composites);
      if (token.text === "&" || token.text === "*") return inner;
      return token.text === "-" && inner.kind === "literal" && typeof inner.value === "number"
        ? { kind: "literal", value: -inner.value }
        : opaque;
    }
    return this.#suffixed(this.#primary(composites), composites);
  }

  #primary(composites: boolean): Expression {
    const token = this.peek();
    if (token.kind === "string") {
      this.next();
      return { kind: "literal", value: token.text };
    }
    if (token.kind === "number") {
      this.next();
      const value = Number(token.text.replaceAll("_", ""));
      return Number.isNaN(value) ? opaque : { kind: "literal", value };
    }
    if (token.kind === "name") {
      if (token.text === "func") return this.#function();
      if (token.text === "map") return this.#typed();
      if (token.text === "struct" || token.text === "interface") {
        this.next();
        this.#skipBrackets();
        if (this.#is("{")) this.#skipBrackets();
        return opaque;
      }
      this.next();
      if (token.text === "true" || token.text === "false")
        return { kind: "literal", value: token.text === "true" };
      if (token.text === "nil") return { kind: "literal", value: null };
      return { kind: "name", name: token.text };
    }
    if (token.text === "[") return this.#typed();
    if (token.text === "(") {
      this.next();
      const inner = this.expression();
      this.skipTo(")");
      this.next();
      return inner;
    }
    if (token.text === "{" && composites) return this.#composite("");
    this.next();
    return opaque;
  }

  /** `[]string{...}`, `map[string]*schema.Schema{...}`, `[]byte(...)`. */
  #typed(): Expression {
    let type = "";
    while (
      !this.#is("{") &&
      !this.#is("(") &&
      !this.#is(")") &&
      !this.#is(",") &&
      this.peek().kind !== "end"
    ) {
      const token = this.next();
      type += token.text;
      if (token.text === "interface" && this.#is("{")) {
        this.next();
        this.next();
      }
      if (token.text === "func") return opaque;
    }
    if (this.#is("{")) return this.#composite(type);
    if (!this.#is("(")) return opaque;
    this.#skipBrackets();
    return opaque;
  }

  #function(): Expression {
    this.next();
    this.parameters();
    while (
      this.peek().kind !== "end" &&
      !this.#is("{") &&
      !this.#is(",") &&
      !this.#is(")") &&
      !this.#is(";")
    ) {
      if (this.#is("(")) this.#skipBrackets();
      else if (this.next().text === "interface" && this.#is("{")) this.#skipBrackets();
    }
    if (this.#is("{")) this.#skipBrackets();
    return opaque;
  }

  #suffixed(start: Expression, composites: boolean): Expression {
    let of = start;
    for (;;) {
      if (this.#is("(")) of = { kind: "call", of, given: this.#given() };
      else if (this.#is("[")) {
        this.next();
        const key = this.expression();
        this.skipTo("]");
        this.next();
        of = { kind: "index", of, key };
      } else if (this.#is(".")) {
        this.next();
        if (this.#is("(")) {
          this.#skipBrackets();
          of = opaque;
        } else {
          const name = this.next().text;
          of =
            of.kind === "name" ? { kind: "name", name: `${of.name}.${name}` } : { kind: "field", of, name };
        }
      } else if (this.#is("{") && composites && of.kind === "name") of = this.#composite(of.name);
      else return of;
    }
  }

  #given(): Expression[] {
    const given: Expression[] = [];
    this.next();
    while (!this.#is(")") && this.peek().kind !== "end") {
      given.push(this.expression());
      this.skipTo(",", ")");
      this.#take(",");
    }
    this.next();
    return given;
  }

  #composite(type: string): Expression {
    const entries: (readonly [Expression | undefined, Expression])[] = [];
    this.next();
    while (!this.#is("}") && this.peek().kind !== "end") {
      const first = this.expression();
      if (this.#take(":")) entries.push([first, this.expression()]);
      else entries.push([undefined, first]);
      this.skipTo(",", "}");
      this.#take(",");
    }
    this.next();
    return { kind: "composite", type, entries };
  }
}
