import { expression } from "../expression/parse.ts";
import type { Reader } from "../expression/reader.ts";
import { HclSyntaxError } from "../expression/syntax.ts";
import type { Json } from "../json.ts";
import { writtenValue } from "./written-value.ts";

/** Labels of a block; Terraform's have two at most. */
const maxLabels = 2;

/** Blocks of one type under their labels, as Terraform JSON nests them. */
type Blocks = Map<string, Blocks | Json[]>;

/** Takes note of a block, which begins at a position. */
type OnBlock = (body: Json, at: number) => void;

/**
 * The arguments and blocks up to the end of the file, or of the block that was opened at `opened`, as the Terraform JSON
 * that means the same: expressions as text in `${...}`, blocks as lists under their labels.
 */
export function parseBody(reader: Reader, opened?: number, onBlock?: OnBlock): Json {
  const blocks: Blocks = new Map();
  const written = new Map<string, unknown>();
  for (;;) {
    const at = reader.withLines(true, () => reader.next());
    reader.at = at;
    if (opened !== undefined && reader.take("}")) break;
    if (at === reader.text.length) {
      if (opened === undefined) break;
      throw new HclSyntaxError('the block that begins here has no closing "}"', opened);
    }
    const name = reader.word() ?? reader.fail("the name of an argument or a block");
    if (reader.take("=")) {
      if (written.has(name))
        throw new HclSyntaxError(`${name} has a value already: an argument is set once`, at);
      written.set(name, argument(reader));
    } else {
      const labels = labelsUpToBrace(reader, name);
      const body = reader.deeper(() => blockBody(reader, at));
      onBlock?.(body, at);
      add(blocks, [name, ...labels], body, at);
    }
    needLineEnd(reader);
  }
  return Object.fromEntries([...Object.entries(nested(blocks)), ...written]);
}

function argument(reader: Reader): unknown {
  const value = writtenValue(reader, expression(reader));
  reader.spans.clear();
  return value;
}

function labelsUpToBrace(reader: Reader, name: string): string[] {
  const labels: string[] = [];
  while (!reader.take("{")) {
    const at = reader.next();
    const label = reader.looksAt('"') ? quotedLabel(reader) : reader.word();
    if (label === undefined) return reader.fail(labels.length === 0 ? `"=" or "{" after ${name}` : '"{"');
    if (labels.length === maxLabels)
      throw new HclSyntaxError(`the block ${name} has more than ${maxLabels} labels`, at);
    labels.push(label);
  }
  return labels;
}

function quotedLabel(reader: Reader): string {
  const at = reader.next();
  const label = expression(reader);
  if (label.kind === "literal") return String(label.value);
  throw new HclSyntaxError("a label is a text without ${...}", at);
}

/** The body of a block behind its "{": over several lines, or one argument on the same line. */
function blockBody(reader: Reader, opened: number): Json {
  if (reader.looksAt("\n") || reader.looksAt("\r\n")) return parseBody(reader, opened);
  if (reader.take("}")) return {};
  const name = reader.word() ?? reader.fail('a new line or "}"');
  if (!reader.take("=")) reader.fail(`"=" after ${name} (blocks in a block stand on lines of their own)`);
  const value = argument(reader);
  if (!reader.take("}")) reader.fail('"}" (a block of several arguments has a line for each)');
  return Object.fromEntries([[name, value]]);
}

function needLineEnd(reader: Reader): void {
  if (reader.next() < reader.text.length && !reader.looksAt("\n")) reader.fail("a new line");
}

function add(blocks: Blocks, [label = "", ...more]: readonly string[], body: Json, at: number): void {
  const there = blocks.get(label) ?? (more.length === 0 ? [] : new Map());
  blocks.set(label, there);
  if (Array.isArray(there) !== (more.length === 0))
    throw new HclSyntaxError(`${label} has blocks with and without a label`, at);
  if (Array.isArray(there)) there.push(body);
  else add(there, more, body, at);
}

function nested(blocks: Blocks): Json {
  return Object.fromEntries(
    Array.from(blocks, ([label, inner]) => [label, Array.isArray(inner) ? inner : nested(inner)]),
  );
}
