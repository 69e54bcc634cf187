import { expression, forNames } from "./parse.ts";
import { Reader } from "./reader.ts";
import type { Expression, TemplatePart } from "./syntax.ts";
import { ExpressionSyntaxError } from "./syntax.ts";

const escapes: { readonly [letter: string]: string } = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** `%{ ... }` as parsed, before the pieces are assembled. */
type Directive =
  | { readonly kind: "if-mark"; readonly condition: Expression }
  | {
      readonly kind: "for-mark";
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly source: Expression;
    }
  | { readonly kind: "mark"; readonly word: string };

type Piece = string | { readonly kind: "value"; readonly value: Expression } | Directive;

/** A quoted string, in which escapes are read. */
export function quoted(reader: Reader): Expression {
  reader.need('"');
  return reader.withLines(true, () => template(reader, '"'));
}

/** The text of a heredoc; its indentation goes where it begins with `<<-`. */
export function heredoc(reader: Reader): Expression {
  const [, dash = "", name = ""] =
    /^<<(-?)([\p{L}_][\p{L}\p{N}_-]*)\r?\n$/u.exec(reader.match(/<<[^\n]*\n/y) ?? "") ?? [];
  const end = new RegExp(`^[ \\t]*${name}[ \\t]*\\r?$`, "gm");
  end.lastIndex = reader.at;
  const found = name === "" ? null : end.exec(reader.text);
  if (found === null) return reader.fail("the end of a heredoc");
  const text = reader.text.slice(reader.at, found.index);
  reader.at = found.index + found[0].length;
  return template(new Reader(dash === "" ? text : unindented(text)), undefined);
}

function unindented(text: string): string {
  const lines = text.split("\n");
  const depths = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...(depths.length === 0 ? [0] : depths.slice(0, 10_000)));
  return lines.map((line) => line.slice(Math.min(depth, line.length))).join("\n");
}

/** Text with `${...}` and `%{...}` up to the quote, or to the end. One that is only `${...}` is that expression. */
export function template(reader: Reader, quote: '"' | undefined): Expression {
  const pieces = piecesUpTo(reader, quote);
  const [only] = pieces;
  if (pieces.length === 0) return { kind: "literal", value: "" };
  if (pieces.length === 1 && typeof only === "string") return { kind: "literal", value: only };
  if (pieces.length === 1 && typeof only === "object" && only.kind === "value") return only.value;
  const queue = { pieces, next: 0 };
  const parts = assemble(queue, []);
  if (queue.next < pieces.length) throw new ExpressionSyntaxError("a template directive has no beginning");
  return { kind: "template", parts };
}

function piecesUpTo(reader: Reader, quote: '"' | undefined): Piece[] {
  const { text } = reader;
  const pieces: Piece[] = [];
  let plain = "";
  let trimNext = false;
  const stop = quote === undefined ? /[$%]{1,2}\{/g : /[$%]{1,2}\{|\\|"/g;
  for (;;) {
    stop.lastIndex = reader.at;
    const found = stop.exec(text);
    const until = found?.index ?? text.length;
    const run = text.slice(reader.at, until);
    plain += trimNext ? run.trimStart() : run;
    if (run !== "") trimNext = false;
    if (found === null) {
      if (quote !== undefined) reader.fail("a closing quote");
      reader.at = until;
      break;
    }
    reader.at = until + found[0].length;
    if (found[0] === '"') break;
    if (found[0] === "\\") plain += escaped(reader);
    else if (found[0].length === 3) plain += found[0].slice(1);
    else {
      if (text[reader.at] === "~") {
        reader.at++;
        plain = plain.trimEnd();
      }
      if (plain !== "") pieces.push(plain);
      plain = "";
      pieces.push(reader.withLines(true, () => (found[0] === "${" ? value(reader) : directive(reader))));
      trimNext = reader.take("~");
      reader.need("}");
    }
  }
  if (plain !== "") pieces.push(plain);
  return pieces;
}

function escaped(reader: Reader): string {
  const code = reader.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
  if (code === undefined) {
    const letter = reader.text[reader.at++] ?? "";
    return escapes[letter] ?? letter;
  }
  const point = Number.parseInt(code.slice(1), 16);
  return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
}

function value(reader: Reader): Piece {
  return { kind: "value", value: expression(reader) };
}

function directive(reader: Reader): Piece {
  const word = reader.word();
  if (word === "if") return { kind: "if-mark", condition: expression(reader) };
  if (word === "for") {
    const names = forNames(reader) ?? reader.fail('"in"');
    return { kind: "for-mark", ...names, source: expression(reader) };
  }
  if (word === "else" || word === "endif" || word === "endfor") return { kind: "mark", word };
  return reader.fail("if, else, endif, for or endfor");
}

/** Puts the pieces together up to one of the marks, which is left as the next piece. */
function assemble(
  queue: { readonly pieces: readonly Piece[]; next: number },
  until: readonly string[],
): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (; queue.next < queue.pieces.length; queue.next++) {
    const piece = queue.pieces[queue.next];
    if (piece === undefined) break;
    if (typeof piece === "string" || piece.kind === "value") {
      parts.push(piece);
    } else if (piece.kind === "mark") {
      return until.includes(piece.word) ? parts : unexpected(piece.word);
    } else if (piece.kind === "if-mark") {
      const yes = block(queue, ["else", "endif"]);
      const no = markAt(queue) === "else" ? block(queue, ["endif"]) : [];
      parts.push({ kind: "if", condition: piece.condition, yes, no });
    } else {
      const { keyName, valueName, source } = piece;
      parts.push({ kind: "each", keyName, valueName, source, body: block(queue, ["endfor"]) });
    }
  }
  return until.length === 0 ? parts : unexpected("end");
}

function block(
  queue: { readonly pieces: readonly Piece[]; next: number },
  until: readonly string[],
): TemplatePart[] {
  queue.next++;
  return assemble(queue, until);
}

function markAt(queue: { readonly pieces: readonly Piece[]; next: number }): string | undefined {
  const piece = queue.pieces[queue.next];
  return typeof piece === "object" && piece.kind === "mark" ? piece.word : undefined;
}

function unexpected(word: string): never {
  throw new ExpressionSyntaxError(`a template directive does not belong here: ${word}`);
}
