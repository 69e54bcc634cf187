import { unaryOperation } from "../expression/operators.ts";
import type { Reader } from "../expression/reader.ts";
import type { Expression, TemplatePart } from "../expression/syntax.ts";

/** An expression as Terraform JSON writes it: lists, objects and texts as such, everything else as text in `${...}`. */
export function writtenValue(reader: Reader, tree: Expression): unknown {
  switch (tree.kind) {
    case "literal":
      return typeof tree.value === "string" ? escaped(tree.value) : tree.value;
    case "template":
      return textOf(reader, tree.parts);
    case "list":
      return tree.items.map((item) => writtenValue(reader, item));
    case "object":
      return Object.fromEntries(
        tree.items.map(([key, value]) => [String(writtenValue(reader, key)), writtenValue(reader, value)]),
      );
    case "unary":
      if (tree.operand.kind === "literal") return unaryOperation(tree.operator, tree.operand.value);
      return interpolation(reader, tree);
    default:
      return interpolation(reader, tree);
  }
}

function interpolation(reader: Reader, tree: Expression): string {
  const source = sourceOf(reader, tree);
  // The last line of a heredoc holds nothing but its word.
  return source.includes("<<") ? `\${${source}\n}` : `\${${source}}`;
}

function sourceOf(reader: Reader, tree: Expression): string {
  const [start, end] = reader.spans.get(tree) ?? [0, 0];
  return reader.text.slice(start, end);
}

function textOf(reader: Reader, parts: readonly TemplatePart[]): string {
  return parts.map((part) => textOfPart(reader, part)).join("");
}

function textOfPart(reader: Reader, part: TemplatePart): string {
  if (typeof part === "string") return escaped(part);
  if (part.kind === "value") return interpolation(reader, part.value);
  if (part.kind === "if") {
    const no = part.no.length === 0 ? "" : `%{else}${textOf(reader, part.no)}`;
    return `%{if ${sourceOf(reader, part.condition)}}${textOf(reader, part.yes)}${no}%{endif}`;
  }
  const names = part.keyName === undefined ? part.valueName : `${part.keyName}, ${part.valueName}`;
  return `%{for ${names} in ${sourceOf(reader, part.source)}}${textOf(reader, part.body)}%{endfor}`;
}

/** Text in which `${` and `%{` mean themselves. */
function escaped(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}
