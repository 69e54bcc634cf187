import { type Expression, HclSyntaxError } from "./syntax.ts";

/** Nesting levels; within the stack of the process. */
const maxDepth = 200;

const LINE_FEED = 10;
const spaces = new Set(Array.from(" \t\r", (space) => space.charCodeAt(0)));

/** A position in a text of Terraform's language, with the small steps that the parsers are made of. */
export class Reader {
  readonly text: string;
  /** Behind the last token that was taken. */
  at = 0;
  /** Inside brackets a line break is only a space. */
  linesAreSpace = true;
  /** Where expressions begin and end. */
  readonly spans = new Map<Expression, readonly [number, number]>();
  #depth = 0;
  /** Where the next token begins, and the state for which that was found. */
  #next = 0;
  #nextFrom = -1;
  #nextLinesAreSpace = true;

  constructor(text: string) {
    this.text = text;
  }

  /** @param expected what should be there, as in "expected a name" */
  fail(expected: string): never {
    throw new HclSyntaxError(`expected ${expected}, found ${this.#found()}`, this.next());
  }

  #found(): string {
    const pattern = /[\p{L}_][\p{L}\p{N}_-]*|\d+|./uy;
    pattern.lastIndex = this.next();
    const [token] = pattern.exec(this.text) ?? [];
    if (token === "'") return "a single quote: texts are written in double quotes";
    if (token !== undefined) return token === '"' ? "a quote" : JSON.stringify(token.slice(0, 40));
    return this.next() === this.text.length ? "the end" : "the end of the line";
  }

  /** Runs `read` one level deeper. */
  deeper<T>(read: () => T): T {
    if (++this.#depth > maxDepth) throw new HclSyntaxError("it is nested too deeply", this.next());
    const result = read();
    this.#depth--;
    return result;
  }

  /** Runs `read` with line breaks as space or not. */
  withLines<T>(areSpace: boolean, read: () => T): T {
    const before = this.linesAreSpace;
    this.linesAreSpace = areSpace;
    const result = read();
    this.linesAreSpace = before;
    return result;
  }

  /** Where the next token begins: behind space and comments. */
  next(): number {
    if (this.#nextFrom === this.at && this.#nextLinesAreSpace === this.linesAreSpace) return this.#next;
    this.#nextFrom = this.at;
    this.#nextLinesAreSpace = this.linesAreSpace;
    this.#next = this.#behindSpace(this.at);
    return this.#next;
  }

  #behindSpace(start: number): number {
    const { text } = this;
    for (let at = start; ; ) {
      const code = text.charCodeAt(at);
      if (spaces.has(code) || (code === LINE_FEED && this.linesAreSpace)) {
        at++;
      } else if (text.startsWith("#", at) || text.startsWith("//", at)) {
        const end = text.indexOf("\n", at);
        at = end < 0 ? text.length : end;
      } else if (text.startsWith("/*", at)) {
        const end = text.indexOf("*/", at + 2);
        if (end < 0) throw new HclSyntaxError("the comment that begins here has no end", at);
        at = end + 2;
      } else {
        return at;
      }
    }
  }

  looksAt(mark: string): boolean {
    return this.text.startsWith(mark, this.next());
  }

  /** Consumes the mark if it comes next. */
  take(mark: string): boolean {
    if (!this.looksAt(mark)) return false;
    this.at = this.next() + mark.length;
    return true;
  }

  need(mark: string): void {
    if (!this.take(mark)) this.fail(`"${mark}"`);
  }

  /** What the sticky pattern matches right here, without any space before it. */
  match(pattern: RegExp): string | undefined {
    return this.#matchFrom(pattern, this.at);
  }

  /** The token that the sticky pattern matches. */
  token(pattern: RegExp): string | undefined {
    return this.#matchFrom(pattern, this.next());
  }

  #matchFrom(pattern: RegExp, start: number): string | undefined {
    pattern.lastIndex = start;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at = start + found.length;
    return found;
  }

  word(): string | undefined {
    return this.token(/[\p{ID_Start}_][\p{ID_Continue}-]*/uy);
  }

  /** Consumes the keyword if it comes next as a whole word. */
  keyword(keyword: string): boolean {
    const start = this.at;
    if (this.word() === keyword) return true;
    this.at = start;
    return false;
  }
}
