import { type Token, tokens } from "./go-tokens.ts";

const end: Token = { kind: "end", text: "" };
const open = new Set(["(", "[", "{"]);
const close = new Set([")", "]", "}"]);

/** The words of Go, looked at one after the other. */
export class GoReader {
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

  is(text: string): boolean {
    const token = this.peek();
    return token.text === text && token.kind !== "string";
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
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

  /** Past the bracket that closes the one at this position. */
  skipBrackets(): void {
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
    if (!this.take("(")) return names;
    while (!this.is(")") && this.peek().kind !== "end") {
      names.push(this.next().text);
      this.skipTo(",", ")");
      this.take(",");
    }
    this.next();
    return names;
  }
}
