import type { SyntaxNodeRef, Tree } from "@lezer/common";
import {
  aggregationParameters,
  functionParameters,
  functionResult,
  type Parameters,
  type PromqlType,
} from "./functions.ts";
import type { PromqlFault } from "./parser.ts";

/** An expression, as what is around it sees it. */
interface Operand {
  readonly from: number;
  /** "any" for a variable of a dashboard */
  readonly type: PromqlType | "any";
  /** The node that an offset, an @ or a range behind it belongs to; the grammar hangs them on the whole of `a + b`. */
  readonly last: string;
  /** The nodes of offset and @ that are behind it already. */
  readonly modifiers: readonly string[];
  /** Whether it is a calculation without brackets around it. */
  readonly isOpen: boolean;
}

/** A node whose children are being read. */
interface Frame {
  readonly operands: Operand[];
  /** Names of the children that are no expressions, those of a clause of matching included. */
  readonly words: Set<string>;
  /** Labels of `on` or `ignoring`, then those of the group. */
  readonly labels: string[][];
  /** Labels in brackets. */
  readonly listed: string[];
}

const NAMES: Readonly<Record<PromqlType, string>> = {
  scalar: "a scalar",
  vector: "an instant vector",
  range: "a range vector",
  string: "a string",
};

const COMPARISONS = ["Eql", "Gte", "Gtr", "Lte", "Lss", "Neq"];
const SET_OPERATORS = ["And", "Or", "Unless"];
const SELECTORS = ["VectorSelector", "MatrixSelector", "SubqueryExpr", "any"];

/**
 * What the grammar takes and Prometheus does not: operands, arguments and results of a wrong type, and modifiers where there may be none.
 *
 * @param isVariable whether a variable of a dashboard begins at a place: it stands for anything
 */
export function typeFault(
  text: string,
  tree: Tree,
  isVariable: (at: number) => boolean = () => false,
): PromqlFault | undefined {
  let fault: PromqlFault | undefined;
  const frames: Frame[] = [newFrame()];
  // Without recursion: a query may be nested as deeply as it is long.
  tree.iterate({
    enter: () => {
      frames.push(newFrame());
    },
    leave: (node) => {
      const frame = frames.pop() ?? newFrame();
      const parent = frames.at(-1) ?? newFrame();
      if (fault !== undefined) return;
      pass(text, node, frame, parent);
      const read = operand(text, node, frame, isVariable);
      if (read === undefined) return;
      if ("because" in read) fault = read;
      else parent.operands.push(read);
    },
  });
  return fault;
}

/** What a node that is no expression hands to the one around it. */
function pass(text: string, node: SyntaxNodeRef, frame: Frame, parent: Frame): void {
  parent.words.add(node.name);
  if (node.name === "FunctionCallBody") for (const each of frame.operands) parent.operands.push(each);
  if (node.name === "LabelName") parent.listed.push(text.slice(node.from, node.to));
  if (node.name === "GroupingLabels") parent.labels.push(frame.listed);
  if (node.name !== "MatchingModifierClause") return;
  parent.labels.push(...frame.labels);
  for (const word of frame.words) parent.words.add(word);
}

const newFrame = (): Frame => ({ operands: [], words: new Set(), labels: [], listed: [] });

/** The expression that a node is, what is wrong with it, or undefined where it is none. */
function operand(
  text: string,
  node: SyntaxNodeRef,
  frame: Frame,
  isVariable: (at: number) => boolean,
): Operand | PromqlFault | undefined {
  const { name, from } = node;
  const [first] = frame.operands;
  const made = (type: Operand["type"], more: Partial<Operand> = {}): Operand => ({
    from,
    type,
    last: name,
    modifiers: [],
    isOpen: false,
    ...more,
  });
  switch (name) {
    case "VectorSelector":
    case "StringLiteral":
      if (isVariable(from)) return made("any", { last: "any" });
      return made(name === "StringLiteral" ? "string" : "vector");
    case "NumberDurationLiteral":
      return made("scalar");
    case "ParenExpr":
      return made(first?.type ?? "any");
    case "UnaryExpr":
      return (
        notCalculated(first) ??
        made(first?.type ?? "any", {
          last: first?.last ?? name,
          modifiers: first?.modifiers ?? [],
          isOpen: true,
        })
      );
    case "BinaryExpr":
      return calculation(frame) ?? made(calculated(frame.operands), lastOf(frame.operands));
    case "MatrixSelector":
    case "SubqueryExpr":
      return rangeFault(name, first) ?? made("range");
    case "OffsetExpr":
    case "StepInvariantExpr":
      return first && modified(name, first);
    case "AnchoredExpr":
    case "SmoothedExpr":
      return first;
    case "FunctionCall":
    case "AggregateExpr":
      return (
        call(text, node, frame) ??
        made(name === "AggregateExpr" ? "vector" : functionResult(calledName(text, node)))
      );
    case "PromQL":
      return first?.type === "range"
        ? misplacedRange("the result", first.from)
        : first?.type === "string"
          ? { at: first.from, because: "the result is a string; there is nothing to draw or to compare" }
          : undefined;
    default:
      return undefined;
  }
}

/** What has an offset or an @ behind it. */
function modified(name: string, operand: Operand): Operand | PromqlFault {
  const { from: at, last, modifiers } = operand;
  const modifier = name === "OffsetExpr" ? "an offset" : "an @";
  if (!SELECTORS.includes(last))
    return { at, because: `${modifier} belongs behind a metric or a range, not behind an expression` };
  if (modifiers.includes(name)) return { at, because: `${modifier} is there twice` };
  return { ...operand, modifiers: [...modifiers, name] };
}

const calledName = (text: string, { from, to }: SyntaxNodeRef): string =>
  /^\w+/.exec(text.slice(from, to))?.[0] ?? "";

const misplacedRange = (where: string, at: number): PromqlFault => ({
  at,
  because: `${where} is a value, not a range of time; a function such as rate makes one of it`,
});

const lastOf = (operands: readonly Operand[]): Partial<Operand> => {
  const last = operands.at(-1);
  return { last: last?.last ?? "BinaryExpr", modifiers: last?.modifiers ?? [], isOpen: true };
};

function calculated(operands: readonly Operand[]): Operand["type"] {
  const types = operands.map(({ type }) => type);
  if (types.includes("vector")) return "vector";
  return types.includes("any") ? "any" : "scalar";
}

/** A range or a string where there is to be calculated. */
function notCalculated(operand: Operand | undefined): PromqlFault | undefined {
  if (operand?.type === "range") return misplacedRange("an operand", operand.from);
  if (operand?.type !== "string") return undefined;
  return {
    at: operand.from,
    because: "an operand is a string; only scalars and instant vectors are calculated with",
  };
}

function calculation({ operands, words, labels }: Frame): PromqlFault | undefined {
  for (const each of operands) {
    const fault = notCalculated(each);
    if (fault !== undefined) return fault;
  }
  const at = operands[1]?.from ?? operands[0]?.from ?? 0;
  const scalar = operands.find(({ type }) => type === "scalar");
  const isComparison = COMPARISONS.some((word) => words.has(word));
  const isOfSets = SET_OPERATORS.some((word) => words.has(word));
  const [matched = [], grouped = []] = labels;
  const twice = words.has("On") ? grouped.find((label) => matched.includes(label)) : undefined;
  if (words.has("BoolModifier") && !isComparison) return { at, because: "bool belongs to comparisons alone" };
  if (isComparison && !words.has("BoolModifier") && operands.every(({ type }) => type === "scalar"))
    return { at, because: "a comparison of two scalars needs bool, such as 1 > bool 2" };
  if (isOfSets && scalar !== undefined)
    return {
      at: scalar.from,
      because: "and, or and unless take instant vectors, and this is a scalar; vector() makes one of it",
    };
  if (isOfSets && (words.has("GroupLeft") || words.has("GroupRight")))
    return { at, because: "and, or and unless take no group_left or group_right" };
  if (scalar !== undefined && matched.length > 0)
    return { at: scalar.from, because: "on and ignoring match two instant vectors, and this is a scalar" };
  if (twice !== undefined) return { at, because: `the label ${twice} is in on and in its group at once` };
  return undefined;
}

function rangeFault(name: string, operand: Operand | undefined): PromqlFault | undefined {
  if (operand === undefined || operand.type === "any") return undefined;
  const at = operand.from;
  if (operand.isOpen) return misplacedRange("an operand", at);
  if (name === "SubqueryExpr")
    return operand.type === "vector"
      ? undefined
      : { at, because: `a range of a query is of an instant vector, and this is ${NAMES[operand.type]}` };
  if (operand.last !== "VectorSelector")
    return { at, because: "a range such as [5m] belongs behind a metric; behind an expression it is [5m:]" };
  return operand.modifiers.includes("OffsetExpr")
    ? { at, because: "the range belongs before the offset" }
    : undefined;
}

/** Too few or too many arguments, or one of a wrong type. */
function call(text: string, node: SyntaxNodeRef, { operands }: Frame): PromqlFault | undefined {
  const name = calledName(text, node);
  const parameters =
    node.name === "AggregateExpr" ? aggregationParameters(name.toLowerCase()) : functionParameters(name);
  const { types, least, most } = parameters;
  if (types.includes("range") && !operands.some(({ type }) => type === "range" || type === "any"))
    return {
      at: operands[0]?.from ?? node.from,
      because: `${name} needs a range of time, such as metric[5m]`,
    };
  for (const [index, { type, from }] of operands.entries()) {
    const wanted = types[Math.min(index, types.length - 1)];
    if (wanted === undefined || type === wanted || type === "any") continue;
    if (type === "range") return misplacedRange(`what ${name} takes`, from);
    return {
      at: from,
      because: `argument ${index + 1} of ${name} is ${NAMES[type]}; it takes ${NAMES[wanted]}`,
    };
  }
  if (operands.length >= least && operands.length <= most) return undefined;
  return {
    at: node.from,
    because: `${name} takes ${counted(parameters)}, not ${operands.length}`,
  };
}

function counted({ least, most }: Parameters): string {
  if (most === Number.POSITIVE_INFINITY) return `${least} arguments or more`;
  const range = least === most ? `${least}` : `${least} or ${most}`;
  return most === 0 ? "no arguments" : `${range} argument${most === 1 ? "" : "s"}`;
}
