import { ExpressionSyntaxError } from "./syntax.ts";

/** Nesting levels; within the stack of the process. */
const maxDepth = 200;

/** A position in the text of an expression, with the small steps that the parser is made of. */
export class Reader {
  readonly text: string;
  at = 0;
  /** Inside brackets a line break is only a space. */
  linesAreSpace = true;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  fail(expected: string): never {
    throw new ExpressionSyntaxError(`expected ${expected} at character ${this.at + 1}`);
  }

  /** Runs `read` one level deeper. */
  deeper<T>(read: () => T): T {
    if (++this.#depth > maxDepth) throw new ExpressionSyntaxError("nested too deeply");
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

  space(): void {
    const space = this.linesAreSpace
      ? /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
      : /(?:[ \t\r]|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    space.lastIndex = this.at;
    this.at += space.exec(this.text)?.[0].length ?? 0;
  }

  looksAt(word: string): boolean {
    this.space();
    return this.text.startsWith(word, this.at);
  }

  /** Consumes the mark if it comes next. */
  take(mark: string): boolean {
    if (!this.looksAt(mark)) return false;
    this.at += mark.length;
    return true;
  }

  need(mark: string): void {
    if (!this.take(mark)) this.fail(`"${mark}"`);
  }

  /** Takes what the sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  word(): string | undefined {
    this.space();
    return this.match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
  }

  /** Consumes the keyword if it comes next as a whole word. */
  keyword(keyword: string): boolean {
    const start = this.at;
    if (this.word() === keyword) return true;
    this.at = start;
    return false;
  }
}
