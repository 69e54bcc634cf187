import { type Expression, ExpressionParser, opaque } from "./go-expression.ts";

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

/** The function whose declaration starts at the offset: its parameters' names and its statements. */
export function parseFunction(
  text: string,
  start: number,
): { readonly parameters: readonly string[]; readonly body: readonly Statement[] } {
  const parser = new FunctionParser(text, start);
  parser.next();
  parser.next();
  const parameters = parser.parameters();
  parser.skipTo("{");
  return { parameters, body: parser.block() };
}

class FunctionParser extends ExpressionParser {
  block(): Statement[] {
    const statements: Statement[] = [];
    this.take("{");
    while (!this.is("}") && this.peek().kind !== "end") {
      if (this.take(";")) continue;
      statements.push(this.#statement());
    }
    this.next();
    return statements;
  }

  #statement(): Statement {
    if (this.take("return")) {
      const value = this.is(";") || this.is("}") ? opaque : this.expression();
      this.#endStatement();
      return { kind: "return", value };
    }
    if (this.is("for")) return this.#loop();
    if (["if", "switch", "select", "go", "defer", "type", "const"].includes(this.peek().text))
      return this.#skipStatement();
    if (this.take("var")) {
      const name = this.next().text;
      this.skipTo("=", ";", "}");
      const value = this.take("=") ? this.expression() : opaque;
      this.#endStatement();
      return { kind: "assign", to: { kind: "name", name }, value };
    }
    const to = this.expression();
    if (this.is(":=") || this.is("=")) {
      this.next();
      const value = this.expression();
      this.#endStatement();
      return { kind: "assign", to, value };
    }
    const alone = this.is(";") || this.is("}");
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
      while (this.take(";") && !this.is("}")) this.skipTo("{", ";");
      if (this.is("{")) this.skipBrackets();
    } while (this.take("else"));
    return { kind: "opaque" };
  }

  #loop(): Statement {
    const names: string[] = [];
    this.next();
    while (this.peek().kind === "name" && this.peek().text !== "range") {
      names.push(this.next().text);
      this.take(",");
    }
    if (!this.is(":=") || this.peek(1).text !== "range") return this.#skipStatement();
    const [key = "_", value = "_"] = names;
    this.next();
    this.next();
    const over = this.expression(false);
    return { kind: "range", key, value, over, body: this.block() };
  }
}
