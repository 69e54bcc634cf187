import type { SyntaxNode, Tree } from "@lezer/common";
import { byText } from "../../values/by-text.ts";
import { promqlParser } from "../../values/packages.ts";

/** What is wrong with a query. */
export interface PromqlFault {
  /** Characters before the place. */
  readonly at: number;
  /** "there is no function foo" */
  readonly because: string;
}

export type ParsedPromql = { readonly tree: Tree } | { readonly fault: PromqlFault };

interface Parser {
  parse(text: string): Tree;
}

let strict: Parser | undefined;

function parser(): Parser {
  // Stops at the first fault, so that no text keeps it busy.
  strict ??= promqlParser().parser.configure({ strict: true });
  return strict;
}

/** Functions that Prometheus has or had, and this parser does not know. */
const OTHER_FUNCTIONS = /\b(?:holt_winters|double_exp_smoothing)(?=\s*\()/g;

/**
 * Reads a query with Prometheus's own grammar, once for all rules. Positions in the tree are those in the text.
 *
 * @param text without variables of a dashboard
 */
export const parsePromql = byText((text): ParsedPromql => {
  const open = openQuote(text);
  if (open !== undefined) return { fault: { at: open, because: `the quote ${text[open]} is not closed` } };
  const known = text.replaceAll(OTHER_FUNCTIONS, (name) => "rate".padEnd(name.length));
  try {
    return { tree: parser().parse(known) };
  } catch (error) {
    const at = /^No parse at (\d+)$/.exec(error instanceof Error ? error.message : "")?.[1];
    if (at === undefined) throw error;
    return { fault: syntaxFault(withoutComments(text), Number(at)) };
  }
});

/** Quoted texts, the last of them perhaps open, and comments. */
const QUOTES_AND_COMMENTS = /(["'])(?:(?!\1)[^\\]|\\.)*(\1|$)|`[^`]*(`|$)|#[^\n]*/gs;

/** Where a quote begins that is not closed; the grammar takes one at the end. */
function openQuote(text: string): number | undefined {
  for (const { 0: found, index } of text.matchAll(QUOTES_AND_COMMENTS))
    if (!found.startsWith("#") && (found.length === 1 || !found.endsWith(found.charAt(0)))) return index;
  return undefined;
}

/** Where the innermost bracket is that is open at the end; undefined where all are closed. */
function openBracket(text: string): number | undefined {
  const open: number[] = [];
  for (const { 0: found, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[()[\]{}]/gs))
    if (/^[([{]/.test(found)) open.push(index);
    else if (/^[)\]}]/.test(found)) open.pop();
  return open.at(-1);
}

const withoutComments = (text: string): string =>
  text.replaceAll(QUOTES_AND_COMMENTS, (found) => (found.startsWith("#") ? " ".repeat(found.length) : found));

function syntaxFault(text: string, at: number): PromqlFault {
  const rest = text.slice(at).trimStart();
  const start = text.length - rest.length;
  const called = /([a-zA-Z_]\w*)\s*$/.exec(text.slice(0, start))?.[1];
  if (rest.startsWith("(") && called !== undefined)
    return { at: start, because: `there is no function ${called}` };
  const open = rest === "" ? openBracket(text) : undefined;
  if (open !== undefined) return { at: open, because: `the bracket ${text[open]} is not closed` };
  if (rest === "") return { at: text.trimEnd().length, because: "something is missing at its end" };
  const word = /^(?:[\w:.]+|.)/su.exec(rest)?.[0] ?? "";
  return { at: start, because: `${word} does not belong there` };
}

/** The nodes of a tree that have one of these names, in the order of the text. */
export function* nodesOf(tree: Tree, ...names: readonly string[]): Iterable<SyntaxNode> {
  const cursor = tree.cursor();
  do if (names.includes(cursor.name)) yield cursor.node;
  while (cursor.next());
}

/** The metrics that a query names, as it names them: "run_googleapis_com:request_count", "run.googleapis.com/request_count". */
export function metricsOf(text: string, tree: Tree): string[] {
  const textOf = ({ from, to }: SyntaxNode): string => text.slice(from, to);
  const quoted = (node: SyntaxNode): string => textOf(node).slice(1, -1);
  return [...nodesOf(tree, "VectorSelector")].flatMap((selector) => {
    const matchers = selector.getChild("LabelMatchers");
    const named = [
      ...(matchers?.getChildren("UnquotedLabelMatcher") ?? []),
      ...(matchers?.getChildren("QuotedLabelMatcher") ?? []),
    ].flatMap((matcher) => {
      const label = matcher.getChild("LabelName") ?? matcher.getChild("QuotedLabelName");
      const equal = matcher.getChild("MatchOp")?.getChild("EqlSingle");
      const value = matcher.getChild("StringLiteral");
      return label && equal && value && /^["'`]?__name__["'`]?$/.test(textOf(label)) ? [quoted(value)] : [];
    });
    const own = selector.getChild("Identifier");
    return [
      ...(own === null ? [] : [textOf(own)]),
      ...(matchers?.getChildren("QuotedLabelName") ?? []).map(quoted),
      ...named,
    ];
  });
}
