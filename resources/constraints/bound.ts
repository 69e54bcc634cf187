import type { Bound, Constraint, Range } from "./constraint.ts";

export function numberOf(bound: Bound): number {
  return typeof bound === "number" ? bound : bound.value;
}

/** "instances", "s"; empty where a number counts nothing that has a name. */
export function unitOf({ unit, low, high }: Range): string {
  if (unit !== undefined) return unit;
  for (const bound of [high, low]) if (bound !== undefined && typeof bound !== "number") return bound.unit;
  return "";
}

/** "3 to 10 instances", "at most 10", "at least 2", "a multiple of 60 s". */
export function boundsOf(constraint: Range): string {
  const { low, high, step } = constraint;
  const unit = unitOf(constraint);
  const withUnit = (text: string) => (unit === "" ? text : `${text} ${unit}`);
  const range =
    low !== undefined && high !== undefined
      ? numberOf(low) === numberOf(high)
        ? withUnit(String(numberOf(low)))
        : withUnit(`${numberOf(low)} to ${numberOf(high)}`)
      : high !== undefined
        ? withUnit(`at most ${numberOf(high)}`)
        : low !== undefined
          ? withUnit(`at least ${numberOf(low)}`)
          : "";
  if (step === undefined) return range;
  const multiple =
    numberOf(step) === 1 ? "a whole number" : `a multiple of ${withUnit(String(numberOf(step)))}`;
  return range === ""
    ? multiple
    : numberOf(step) === 1
      ? `${multiple} from ${range}`
      : `${range}, ${multiple}`;
}

/** Where the bound of a constraint is documented; undefined where only its rule says so. */
export function sourceOf(constraint: Constraint): string | undefined {
  if (constraint.source !== undefined || constraint.kind !== "range") return constraint.source;
  for (const bound of [constraint.high, constraint.low, constraint.step])
    if (bound !== undefined && typeof bound !== "number") return bound.source;
  return undefined;
}
