import type { Tree } from "@lezer/common";
import { nodesOf, type PromqlFault } from "./parser.ts";

/** What a backslash may begin in quotes, beside the quote itself. Source: https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals */
const ESCAPE =
  /^\\(?:([abfnrtv\\])|([0-3][0-7]{2})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U((?:000|0010)[0-9a-fA-F]{4,5}))/;
const LETTERS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

/** What the grammar takes and Prometheus does not: an escape that there is not. */
export function textFault(text: string, tree: Tree): PromqlFault | undefined {
  for (const { from, to } of nodesOf(tree, "StringLiteral")) {
    const read = readText(text.slice(from, to));
    if (typeof read !== "string") return { ...read, at: from + read.at };
  }
  return undefined;
}

/** What a text says, without its quotes; or what is wrong with it. */
export function readText(literal: string): string | PromqlFault {
  const quote = literal.charAt(0);
  const inner = literal.slice(1, -1);
  if (quote === "`") return inner;
  let said = "";
  for (let at = 0; at < inner.length; ) {
    const letter = inner.charAt(at);
    if (letter !== "\\") {
      said += letter;
      at += 1;
      continue;
    }
    if (inner.charAt(at + 1) === quote) {
      said += quote;
      at += 2;
      continue;
    }
    const found = ESCAPE.exec(inner.slice(at, at + 10));
    if (found === null)
      return {
        at: at + 1,
        because: `there is no escape ${inner.slice(at, at + 2)}; write the backslash twice, or use backticks`,
      };
    const [whole, named, octal, ...hexadecimal] = found;
    const code =
      octal === undefined ? Number.parseInt(hexadecimal.find(Boolean) ?? "0", 16) : Number.parseInt(octal, 8);
    said += named === undefined ? String.fromCodePoint(code) : LETTERS[named];
    at += whole.length;
  }
  return said;
}
