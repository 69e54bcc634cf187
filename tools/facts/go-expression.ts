import { GoReader } from "./go-reader.ts";

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

export const opaque: Expression = { kind: "opaque" };

/** The expression at the offset. */
export function parseExpression(text: string, start: number): Expression {
  return new ExpressionParser(text, start).expression();
}

export class ExpressionParser extends GoReader {
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
        this.skipBrackets();
        if (this.is("{")) this.skipBrackets();
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
    while (!this.is("{") && !this.is("(") && !this.is(")") && !this.is(",") && this.peek().kind !== "end") {
      const token = this.next();
      type += token.text;
      if (token.text === "interface" && this.is("{")) {
        this.next();
        this.next();
      }
      if (token.text === "func") return opaque;
    }
    if (this.is("{")) return this.#composite(type);
    if (!this.is("(")) return opaque;
    this.skipBrackets();
    return opaque;
  }

  #function(): Expression {
    this.next();
    this.parameters();
    while (this.peek().kind !== "end" && !this.is("{") && !this.is(",") && !this.is(")") && !this.is(";")) {
      if (this.is("(")) this.skipBrackets();
      else if (this.next().text === "interface" && this.is("{")) this.skipBrackets();
    }
    if (this.is("{")) this.skipBrackets();
    return opaque;
  }

  #suffixed(start: Expression, composites: boolean): Expression {
    let of = start;
    for (;;) {
      if (this.is("(")) of = { kind: "call", of, given: this.#given() };
      else if (this.is("[")) {
        this.next();
        const key = this.expression();
        this.skipTo("]");
        this.next();
        of = { kind: "index", of, key };
      } else if (this.is(".")) {
        this.next();
        if (this.is("(")) {
          this.skipBrackets();
          of = opaque;
        } else {
          const name = this.next().text;
          of =
            of.kind === "name" ? { kind: "name", name: `${of.name}.${name}` } : { kind: "field", of, name };
        }
      } else if (this.is("{") && composites && of.kind === "name") of = this.#composite(of.name);
      else return of;
    }
  }

  #given(): Expression[] {
    const given: Expression[] = [];
    this.next();
    while (!this.is(")") && this.peek().kind !== "end") {
      given.push(this.expression());
      this.skipTo(",", ")");
      this.take(",");
    }
    this.next();
    return given;
  }

  #composite(type: string): Expression {
    const entries: (readonly [Expression | undefined, Expression])[] = [];
    this.next();
    while (!this.is("}") && this.peek().kind !== "end") {
      const first = this.expression();
      if (this.take(":")) entries.push([first, this.expression()]);
      else entries.push([undefined, first]);
      this.skipTo(",", "}");
      this.take(",");
    }
    this.next();
    return { kind: "composite", type, entries };
  }
}
