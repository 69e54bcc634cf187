import { type Unknown, unevaluated, type Value } from "../value.ts";

/** Characters of one text; no file of a configuration is as long. */
const maxTextLength = 2_000_000;

/** Takes note of work done; false when it is too much. */
interface Budget {
  spend(work: number): boolean;
}

/** Thrown by a function whose work or result is beyond what is allowed: the input was not read to its end. */
export class TooLarge extends Error {}

/** In place of a value that would take too long to compute, or too much memory to hold. */
export function tooLarge(): Unknown {
  return unevaluated("the expressions are too large to evaluate");
}

/** Evaluation steps that handling a text counts as. */
export function textWork(text: string): number {
  return text.length > maxTextLength ? Number.POSITIVE_INFINITY : text.length / 10;
}

/** The value where the budget holds it. */
export function bounded(value: Value, budget: Budget): Value {
  return budget.spend(workOf(value)) ? value : tooLarge();
}

/** Evaluation steps that handling a value counts as: the parts of a list, and of the lists in it. */
export function workOf(value: Value): number {
  if (typeof value === "string") return textWork(value);
  if (!Array.isArray(value)) return 1;
  return value.reduce((work: number, item: Value) => work + (Array.isArray(item) ? 1 + item.length : 1), 1);
}
