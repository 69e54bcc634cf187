import { expression, forNames } from "./parse.ts";
import type { Reader } from "./reader.ts";
import { type Expression, HclSyntaxError, type TemplatePart } from "./syntax.ts";

const escapes: { readonly [letter: string]: string } = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** What a template is in: quotes, a text of its own, or a heredoc with the pattern of the line that ends it. */
type Enclosure = "quotes" | "text" | { readonly end: RegExp };

/** `%{ ... }` as parsed, before the pieces are assembled. */
type Directive =
  | { readonly kind: "if-mark"; readonly condition: Expression }
  | {
      readonly kind: "for-mark";
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly source: Expression;
    }
  | { readonly kind: "mark"; readonly word: string; readonly at: number };

type Piece = string | { readonly kind: "value"; readonly value: Expression } | Directive;

/** A quoted string, in which escapes are read. */
export function quoted(reader: Reader): Expression {
  reader.need('"');
  return reader.withLines(true, () => template(reader, "quotes"));
}

/** The text of a heredoc; its indentation goes where it begins with `<<-`. */
export function heredoc(reader: Reader): Expression {
  const start = reader.next();
  const introducer = reader.token(/<<-?[\p{ID_Start}_][\p{ID_Continue}-]*\r?\n/uy);
  if (introducer === undefined)
    return reader.fail("an expression (a heredoc begins with <<-EOT and a new line)");
  const name = introducer.replace(/^<<-?/, "").trim();
  const end = new RegExp(`[ \\t]*${name}[ \\t]*(?=\\r?\\n)`, "y");
  return reader.withLines(true, () => {
    const pieces = piecesIn(reader, { end }, start);
    return assembled(reader, introducer.startsWith("<<-") ? unindented(pieces) : pieces);
  });
}

/** Takes away the indentation that all lines have; blank lines do not count. */
function unindented(pieces: readonly Piece[]): readonly Piece[] {
  const depths = pieces.map((piece, i) => {
    const before = pieces[i - 1] ?? "\n";
    if (typeof before !== "string" || !before.endsWith("\n")) return undefined;
    if (typeof piece !== "string") return 0;
    const rest = piece.trimStart();
    return rest === "" && piece.endsWith("\n") ? undefined : piece.length - rest.length;
  });
  const common = depths.reduce<number>((least, depth = least) => Math.min(least, depth), Number.MAX_VALUE);
  return pieces.map((piece, i) =>
    typeof piece === "string" && depths[i] !== undefined ? piece.slice(common) : piece,
  );
}

/** Text with `${...}` and `%{...}` up to where its enclosure ends. One that is only `${...}` is that expression. */
export function template(reader: Reader, enclosure: Enclosure): Expression {
  return assembled(reader, piecesIn(reader, enclosure));
}

/** Literals end at line breaks, except in quotes: `~` trims no further than one of them. */
function piecesIn(reader: Reader, enclosure: Enclosure, start = reader.at - 1): Piece[] {
  const pieces: Piece[] = [];
  const stop = enclosure === "quotes" ? /(?:\$\$?|%%?)\{|[\\"\n]/g : /(?:\$\$?|%%?)\{|\n/g;
  let literal = "";
  let trimNext = false;
  const endLiteral = () => {
    // Terraform's texts are in Unicode's composed form.
    const piece = (trimNext ? literal.trimStart() : literal).normalize();
    if (piece !== "") pieces.push(piece);
    literal = "";
    trimNext = false;
  };
  for (;;) {
    const isLineStart = reader.text[reader.at - 1] === "\n";
    if (typeof enclosure === "object" && isLineStart && reader.match(enclosure.end) !== undefined)
      return pieces;
    stop.lastIndex = reader.at;
    const found = stop.exec(reader.text);
    literal += reader.text.slice(reader.at, found?.index);
    const mark = found?.[0] ?? "";
    reader.at = found === null ? reader.text.length : stop.lastIndex;
    if (mark === "\\") {
      literal += escaped(reader);
    } else if (mark.length === 3) {
      literal += mark.slice(1);
    } else if (mark.length === 2) {
      if (reader.match(/~/y) !== undefined) literal = literal.trimEnd();
      endLiteral();
      pieces.push(reader.withLines(true, () => (mark === "${" ? value(reader) : directive(reader))));
      trimNext = reader.take("~");
      if (!reader.take("}")) reader.fail(`"}" of ${mark}`);
    } else if (mark === "\n" && enclosure !== "quotes") {
      literal += mark;
      endLiteral();
    } else if (mark === '"' || (mark === "" && enclosure === "text")) {
      endLiteral();
      return pieces;
    } else {
      throw unclosed(enclosure, start);
    }
  }
}

function unclosed(enclosure: Enclosure, start: number): HclSyntaxError {
  return enclosure === "quotes"
    ? new HclSyntaxError(
        "the quoted text that begins here does not end on its line (several lines are written as <<-EOT, a line break as \\n)",
        start,
      )
    : new HclSyntaxError("the heredoc that begins here has no line with only its word to end it", start);
}

function escaped(reader: Reader): string {
  const code = reader.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
  const point = code === undefined ? Number.NaN : Number.parseInt(code.slice(1), 16);
  if (code !== undefined) return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
  const letter = reader.match(/./uy) ?? "";
  const character = escapes[letter];
  if (character === undefined)
    throw new HclSyntaxError(
      `\\${letter} is no escape sequence (\\n, \\r, \\t, \\", \\\\, \\u00E9 are)`,
      reader.at - letter.length - 1,
    );
  return character;
}

function value(reader: Reader): Piece {
  return { kind: "value", value: expression(reader) };
}

function directive(reader: Reader): Piece {
  const at = reader.next();
  const word = reader.word();
  if (word === "if") return { kind: "if-mark", condition: expression(reader) };
  if (word === "for") {
    const names = forNames(reader) ?? reader.fail('"in"');
    return { kind: "for-mark", ...names, source: expression(reader) };
  }
  if (word === "else" || word === "endif" || word === "endfor") return { kind: "mark", word, at };
  reader.at = at;
  return reader.fail("if, else, endif, for or endfor");
}

/** The pieces that are not assembled yet. */
interface Queue {
  readonly reader: Reader;
  readonly pieces: readonly Piece[];
  next: number;
}

function assembled(reader: Reader, pieces: readonly Piece[]): Expression {
  const [only, ...more] = pieces;
  if (pieces.every((piece) => typeof piece === "string")) return { kind: "literal", value: pieces.join("") };
  if (typeof only === "object" && only.kind === "value" && more.length === 0) return only.value;
  return { kind: "template", parts: assemble({ reader, pieces, next: 0 }, []) };
}

/** Puts the pieces together up to one of the marks, which is left as the next piece. */
function assemble(queue: Queue, until: readonly string[]): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (; queue.next < queue.pieces.length; queue.next++) {
    const piece = queue.pieces[queue.next];
    if (piece === undefined) break;
    if (typeof piece === "string" || piece.kind === "value") {
      parts.push(piece);
    } else if (piece.kind === "mark") {
      if (until.includes(piece.word)) return parts;
      throw new HclSyntaxError(`the template directive ${piece.word} has no beginning`, piece.at);
    } else if (piece.kind === "if-mark") {
      const yes = block(queue, ["else", "endif"]);
      const no = markAt(queue) === "else" ? block(queue, ["endif"]) : [];
      parts.push({ kind: "if", condition: piece.condition, yes, no });
    } else {
      const { keyName, valueName, source } = piece;
      parts.push({ kind: "each", keyName, valueName, source, body: block(queue, ["endfor"]) });
    }
  }
  const [mark] = until.slice(-1);
  if (mark !== undefined) throw new HclSyntaxError(`the template has no %{ ${mark} }`, queue.reader.at);
  return parts;
}

function block(queue: Queue, until: readonly string[]): TemplatePart[] {
  queue.next++;
  return queue.reader.deeper(() => assemble(queue, until));
}

function markAt(queue: Queue): string | undefined {
  const piece = queue.pieces[queue.next];
  return typeof piece === "object" && piece.kind === "mark" ? piece.word : undefined;
}
