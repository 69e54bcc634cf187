import type { SyntaxNode, Tree } from "@lezer/common";
import { re2 } from "../../values/packages.ts";
import { nodesOf, type PromqlFault } from "./parser.ts";
import { readText } from "./texts.ts";

/** What the grammar takes and Prometheus does not: a pattern that RE2 does not read, and a selector of every series. */
export function selectorFault(text: string, tree: Tree): PromqlFault | undefined {
  for (const selector of nodesOf(tree, "VectorSelector")) {
    const matchers = selector.getChild("LabelMatchers");
    const read = [
      ...(matchers?.getChildren("UnquotedLabelMatcher") ?? []),
      ...(matchers?.getChildren("QuotedLabelMatcher") ?? []),
    ].flatMap((matcher) => matcherOf(text, matcher) ?? []);
    const wrong = read.find(({ fault }) => fault !== undefined)?.fault;
    if (wrong !== undefined) return wrong;
    const own = selector.getChild("Identifier");
    const quoted = matchers?.getChild("QuotedLabelName") ?? null;
    const second = own === null ? undefined : (quoted ?? nameMatcher(text, matchers));
    if (second) return { at: second.from, because: "the metric has its name already" };
    const isNamed = own !== null || quoted !== null;
    if (!isNamed && read.every(({ takesEmpty }) => takesEmpty))
      return {
        at: selector.from,
        because: "it selects every series; name a metric, or a label with a value that is not empty",
      };
  }
  return undefined;
}

/** A matcher of `__name__`. */
function nameMatcher(text: string, matchers: SyntaxNode | null): SyntaxNode | undefined {
  return ["UnquotedLabelMatcher", "QuotedLabelMatcher"]
    .flatMap((kind) => matchers?.getChildren(kind) ?? [])
    .find(({ from, to }) => /^["'`]?__name__\b/.test(text.slice(from, to)));
}

interface Matcher {
  /** Whether it takes series without the label. */
  readonly takesEmpty: boolean;
  readonly fault?: PromqlFault;
}

function matcherOf(text: string, matcher: SyntaxNode): Matcher | undefined {
  const operator = matcher.getChild("MatchOp")?.firstChild?.name ?? "";
  const literal = matcher.getChild("StringLiteral");
  const value = literal === null ? undefined : readText(text.slice(literal.from, literal.to));
  if (literal === null || typeof value !== "string") return undefined;
  const isNegative = operator.startsWith("Neq");
  if (!operator.endsWith("Regex")) return { takesEmpty: (value === "") !== isNegative };
  try {
    return { takesEmpty: re2().RE2JS.compile(value).matches("") !== isNegative };
  } catch {
    const because = `${text.slice(literal.from, literal.to)} is no regular expression of RE2`;
    return { takesEmpty: false, fault: { at: literal.from, because } };
  }
}
