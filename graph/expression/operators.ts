import { isUnknown, type Value } from "../value.ts";
import { booleanOf, equal, Failure, numberOf, unknownOf } from "./values.ts";

type Arithmetic = (a: number, b: number) => Value;

const arithmetic: { readonly [operator: string]: Arithmetic } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? new Failure("division by zero") : a / b),
  "%": (a, b) => (b === 0 ? new Failure("division by zero") : a % b),
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

export function unaryOperation(operator: string, operand: Value): Value {
  if (isUnknown(operand)) return unknownOf([operand]);
  const result = operator === "!" ? booleanOf(operand) : numberOf(operand);
  if (result === undefined) return new Failure(`${operator} does not go with that value`);
  return typeof result === "boolean" ? !result : -result;
}

export function binaryOperation(operator: string, left: Value, right: () => Value): Value {
  if (operator === "&&" || operator === "||") return logic(operator === "||", left, right());
  const other = right();
  if (operator === "==" || operator === "!=") {
    const same = comparable(left, other);
    return same === undefined ? unknownOf([left, other]) : same === (operator === "==");
  }
  if (isUnknown(left) || isUnknown(other)) return unknownOf([left, other]);
  const [a, b] = [numberOf(left), numberOf(other)];
  const operation = arithmetic[operator];
  if (a === undefined || b === undefined || operation === undefined)
    return new Failure(`${operator} needs numbers`);
  const result = operation(a, b);
  // Terraform reckons in decimal with more digits than a person writes: 0.1 + 0.2 is 0.3.
  return typeof result === "number" && !Number.isInteger(result) ? Number(result.toPrecision(15)) : result;
}

/** A known operand settles the result even where the other is unknown. */
function logic(decisive: boolean, left: Value, right: Value): Value {
  const [a, b] = [booleanOf(left), booleanOf(right)];
  if (a === decisive || (b === decisive && isUnknown(left))) return decisive;
  if (a !== undefined && b !== undefined) return b;
  return isUnknown(left) || isUnknown(right)
    ? unknownOf([left, right])
    : new Failure("a condition is neither true nor false");
}

/** A value that holds known pieces cannot be null or empty, whatever its unknown pieces are. */
function comparable(a: Value, b: Value): boolean | undefined {
  for (const [value, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const text = isUnknown(value) ? value.parts.filter((part) => typeof part === "string").join("") : "";
    if (text !== "" && (other === null || other === "")) return false;
  }
  if (isUnknown(a) || isUnknown(b)) return undefined;
  return equal(a, b);
}
