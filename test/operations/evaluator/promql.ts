import type { SyntaxNode } from "@lezer/common";
import { parsePromql } from "../../../analysis/promql/parser.ts";
import { between, numberOf, sum, type TimeSeries } from "./series.ts";

export interface Term {
  readonly aggregate: string;
  readonly by: readonly string[];
  readonly over: string;
  readonly name: string;
  readonly matchers: Readonly<Record<string, string>>;
  readonly window: number;
}

export interface Query {
  readonly terms: readonly Term[];
  readonly comparison: string;
  readonly threshold: number;
}

/** Reads aggregates of functions of one metric each, added up and compared with a number; throws at anything else. */
export function parseQuery(text: string): Query {
  const parsed = parsePromql(text);
  if ("fault" in parsed) throw new Error(`${text}: ${parsed.fault.because}`);
  const textOf = (node: SyntaxNode): string => text.slice(node.from, node.to);
  const only = (node: SyntaxNode, ...path: readonly string[]): SyntaxNode =>
    path.reduce((at, name) => {
      const found = at.getChildren(name);
      if (found.length !== 1 || found[0] === undefined)
        throw new Error(`${textOf(at)}: ${found.length} of ${name}`);
      return found[0];
    }, node);
  const operands = (node: SyntaxNode): [SyntaxNode, SyntaxNode] => {
    if (node.firstChild === null || node.lastChild === null) throw new Error(`${textOf(node)}: no operands`);
    return [node.firstChild, node.lastChild];
  };
  const termOf = (node: SyntaxNode): Term => {
    const call = only(node, "FunctionCallBody", "FunctionCall");
    const range = only(call, "FunctionCallBody", "MatrixSelector");
    const matchers = only(range, "VectorSelector", "LabelMatchers").getChildren("UnquotedLabelMatcher");
    return {
      aggregate: textOf(only(node, "AggregateOp")),
      by: only(node, "AggregateModifier", "GroupingLabels").getChildren("LabelName").map(textOf),
      over: textOf(only(call, "FunctionIdentifier")),
      name: textOf(only(range, "VectorSelector", "Identifier")),
      matchers: Object.fromEntries(
        matchers.map((matcher) => {
          only(matcher, "MatchOp", "EqlSingle");
          return [textOf(only(matcher, "LabelName")), textOf(only(matcher, "StringLiteral")).slice(1, -1)];
        }),
      ),
      window: Number(/^(\d+)s$/.exec(textOf(only(range, "DurationExpr")))?.[1]),
    };
  };
  const terms = (node: SyntaxNode): Term[] =>
    node.name === "BinaryExpr" && node.getChild("Add") !== null
      ? operands(node).flatMap(terms)
      : [termOf(node)];
  const whole = only(parsed.tree.topNode, "BinaryExpr");
  const [left, threshold] = operands(whole);
  const comparison = whole.getChild("Gtr") ?? only(whole, "Lss");
  return { terms: terms(left), comparison: textOf(comparison), threshold: Number(textOf(threshold)) };
}

/** Labels of a series as PromQL sees them: those of metric and resource together. */
function labelsOf({ resource, resourceLabels, metricLabels }: TimeSeries): Record<string, string> {
  return { ...resourceLabels, ...metricLabels, monitored_resource: resource };
}

/** Values by the group's labels, of the series that have points in the window. */
export function termValues(term: Term, series: readonly TimeSeries[], at: number): Map<string, number> {
  const groups = new Map<string, number[]>();
  for (const each of series) {
    const labels = labelsOf(each);
    if (!Object.entries(term.matchers).every(([label, value]) => labels[label] === value)) continue;
    const points = between(each.points, at - term.window, at).map(numberOf);
    if (points.length === 0) continue;
    const key = term.by.map((label) => `${label}=${labels[label] ?? ""}`).join(",");
    groups.set(key, [...(groups.get(key) ?? []), overWindow(term, points)]);
  }
  return new Map([...groups].map(([key, values]) => [key, aggregated(term.aggregate, values)]));
}

function overWindow({ over, window }: Term, points: readonly number[]): number {
  switch (over) {
    case "increase":
      return sum(points);
    case "rate":
      return sum(points) / window;
    case "min_over_time":
      return Math.min(...points);
    case "avg_over_time":
      return sum(points) / points.length;
    default:
      throw new Error(`there is no function ${over}`);
  }
}

function aggregated(aggregate: string, values: readonly number[]): number {
  switch (aggregate) {
    case "sum":
      return sum(values);
    case "min":
      return Math.min(...values);
    case "max":
      return Math.max(...values);
    default:
      return sum(values) / values.length;
  }
}
