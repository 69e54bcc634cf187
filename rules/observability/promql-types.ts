import type { SyntaxNode, Tree } from "@lezer/common";
import { nodesOf, type PromqlFault } from "./promql-parser.ts";

/** Functions that read a range of time. Source: https://prometheus.io/docs/prometheus/latest/querying/functions/ */
const OF_RANGE =
  /^(?:changes|delta|deriv|double_exp(?:onential)?_smoothing|holt_winters|idelta|increase|irate|predict_linear|rate|resets|\w+_over_time)$/;

/** Wrappers of an expression that are of its type. */
const WRAPPERS = [
  "ParenExpr",
  "OffsetExpr",
  "StepInvariantExpr",
  "AnchoredExpr",
  "SmoothedExpr",
  "UnaryExpr",
];

/** What the grammar takes and Prometheus does not: a range where a value is meant, and a value where a range is. */
export function typeFault(text: string, tree: Tree): PromqlFault | undefined {
  for (const node of nodesOf(tree, "FunctionCall", "AggregateExpr", "BinaryExpr", "PromQL")) {
    const fault = ofNode(text, node);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function ofNode(text: string, node: SyntaxNode): PromqlFault | undefined {
  const body = node.getChild("FunctionCallBody");
  const parts = childrenOf(body ?? node);
  const range = parts.find(isRange);
  const name = text.slice(node.from, body?.from ?? node.from).trim();
  if (node.name === "FunctionCall" && OF_RANGE.test(name))
    return range === undefined
      ? { at: parts[0]?.from ?? node.from, because: `${name} needs a range of time, such as metric[5m]` }
      : undefined;
  if (range === undefined) return undefined;
  const where =
    node.name === "PromQL" ? "the result" : node.name === "BinaryExpr" ? "an operand" : `what ${name} takes`;
  return {
    at: range.from,
    because: `${where} is a value, not a range of time; a function such as rate makes one of it`,
  };
}

/** Whether an expression is a range of time: a metric with [5m] behind it. */
function isRange(node: SyntaxNode): boolean {
  if (node.name === "MatrixSelector" || node.name === "SubqueryExpr") return true;
  return WRAPPERS.includes(node.name) && childrenOf(node).some(isRange);
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}
