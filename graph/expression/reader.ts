import { SyntaxProblem } from "./syntax.ts";

/** Deeper than anybody writes, and shallow enough for the stack. */
const deepest = 200;

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
    throw new SyntaxProblem(`expected ${expected} at character ${this.at + 1}`);
  }

  /** Runs `read` one level deeper. */
  deeper<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new SyntaxProblem("nested too deeply");
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

  /** Takes the mark where it stands next. */
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

  /** Takes the keyword where it stands next, and not as the beginning of a longer word. */
  keyword(keyword: string): boolean {
    const start = this.at;
    if (this.word() === keyword) return true;
    this.at = start;
    return false;
  }
}
