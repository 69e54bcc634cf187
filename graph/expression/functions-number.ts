import { isUnknown, type Value } from "../value.ts";
import type { FunctionTable } from "./function.ts";
import { booleanOf, isList, numberOf, textOf, unknownOf } from "./values.ts";

/** A function of one number. */
function ofNumber(compute: (value: number) => number): ([value]: readonly Value[]) => Value | undefined {
  return ([value = null]) => {
    const number = numberOf(value);
    return number === undefined ? undefined : compute(number);
  };
}

/** A function of many numbers, at least one. */
function ofNumbers(
  compute: (values: readonly number[]) => number,
): (values: readonly Value[]) => Value | undefined {
  return (values) => {
    const numbers = values.map(numberOf).filter((number) => number !== undefined);
    return numbers.length === 0 || numbers.length < values.length ? undefined : compute(numbers);
  };
}

const sum = ofNumbers((values) => values.reduce((total, value) => total + value, 0));

/** True or false over a list of booleans: `decisive` settles the result, whatever else is unknown. */
function over(decisive: boolean): ([list]: readonly Value[]) => Value | undefined {
  return ([list = null]) => {
    if (!isList(list)) return isUnknown(list) ? unknownOf([list]) : undefined;
    if (list.some((item) => booleanOf(item) === decisive)) return decisive;
    return list.some(isUnknown) ? unknownOf(list) : !decisive;
  };
}

export const numberFunctions: FunctionTable = {
  strict: {
    abs: ofNumber(Math.abs),
    ceil: ofNumber(Math.ceil),
    floor: ofNumber(Math.floor),
    signum: ofNumber(Math.sign),
    log: ([value = null, base = null]) => {
      const [a, b] = [numberOf(value), numberOf(base)];
      return a === undefined || b === undefined ? undefined : Math.log(a) / Math.log(b);
    },
    pow: ([value = null, power = null]) => {
      const [a, b] = [numberOf(value), numberOf(power)];
      return a === undefined || b === undefined ? undefined : a ** b;
    },
    max: ofNumbers((values) => values.reduce((a, b) => Math.max(a, b))),
    min: ofNumbers((values) => values.reduce((a, b) => Math.min(a, b))),
    parseint: ([text = null, base = null]) => {
      const [digits, radix] = [textOf(text), numberOf(base)];
      if (digits === undefined || radix === undefined) return undefined;
      const number = Number.parseInt(digits, radix);
      return Number.isNaN(number) ? undefined : number;
    },
    sum: ([list = null]) => (isList(list) ? (list.some(isUnknown) ? unknownOf(list) : sum(list)) : undefined),
  },
  lenient: { alltrue: over(false), anytrue: over(true) },
};
