import { describe, expect, test } from "@jest/globals";
import { Block, type Value } from "../../graph/index.ts";
import { anything, type Constraint, evaluate, resourceTypes } from "../../resources/index.ts";

const all = resourceTypes.flatMap(({ type, fieldRules = [] }) =>
  fieldRules.flatMap(({ id, constraints }) => constraints.map((constraint) => ({ type, id, constraint }))),
);

function of<Kind extends Constraint["kind"]>(kind: Kind) {
  return all.flatMap(({ type, id, constraint }) =>
    constraint.kind === kind
      ? [[`${id}: ${type}`, constraint as Extract<Constraint, { kind: Kind }>] as const]
      : [],
  );
}

/** A resource that meets the condition of the constraint, with the values at their paths. */
function holding(constraint: Constraint, values: Readonly<Record<string, Value>>): Block {
  const root: Record<string, Value> = {};
  const within = (constraint.within ?? "").replaceAll("[]", "");
  for (const [attribute, value] of [...given(constraint), ...Object.entries(values)])
    put(root, within === "" ? attribute : `${within}.${attribute}`, value);
  if (within !== "" && root[within.split(".")[0] ?? ""] === undefined) put(root, `${within}.ignored`, true);
  return new Block(root);
}

function given({ when = {} }: Pick<Constraint, "when">): [string, Value][] {
  return Object.entries(when).flatMap(([attribute, [first]]): [string, Value][] => {
    if (first === undefined) return [];
    if (typeof first === "symbol") return [[attribute, "x"]];
    return [[attribute, first instanceof RegExp ? textOf(first) : first]];
  });
}

/** A text that the pattern of a condition takes: its beginning without anchors. */
function textOf(pattern: RegExp): string {
  const text = pattern.source
    .replace(/^\^/, "")
    .replace(/[$(|[].*$/s, "")
    .replaceAll("\\", "");
  return pattern.test(text) ? text : "x";
}

function put(into: Record<string, Value>, path: string, value: Value): void {
  const [step = "", ...rest] = path.split(".");
  if (rest.length === 0) into[step] = value;
  else {
    // A block of which a condition says only that it is there is a text so far.
    const inner = (typeof into[step] === "object" ? into[step] : {}) as Record<string, Value>;
    into[step] = inner;
    put(inner, rest.join("."), value);
  }
}

const broken = (constraint: Constraint, values: Readonly<Record<string, Value>>) =>
  [...evaluate(constraint, holding(constraint, values))].length > 0;

const numberOf = (bound: number | { readonly value: number }) =>
  typeof bound === "number" ? bound : bound.value;

/** The kind: a bound that refuses its own limit, or takes the value beyond it. */
describe("a bound is allowed itself and ends there", () => {
  test.each(of("range"))("%s", (_, constraint) => {
    const { attribute, low, high } = constraint;
    const step = constraint.step === undefined ? 1 : numberOf(constraint.step);
    const written = (value: number): Value => {
      switch (constraint.measure) {
        case "duration":
          return `${value}s`;
        case "characters":
        case "bytes":
          return "x".repeat(value);
        case "entries":
          return Array.from({ length: value }, () => ({ ignored: true }));
        default:
          return value;
      }
    };
    const isBroken = (value: number) => broken(constraint, { [attribute]: written(value) });
    for (const bound of [low, high])
      if (bound !== undefined && (numberOf(bound) !== 0 || constraint.zeroIsUnset !== true))
        expect([numberOf(bound), isBroken(numberOf(bound))]).toEqual([numberOf(bound), false]);
    if (low !== undefined && (numberOf(low) - step !== 0 || constraint.zeroIsUnset !== true))
      expect(isBroken(numberOf(low) - step)).toBe(true);
    if (high !== undefined) expect(isBroken(numberOf(high) + step)).toBe(true);
    if (constraint.step !== undefined && low !== undefined)
      expect(isBroken(numberOf(low) + step / 2)).toBe(true);
    if (constraint.measure === "duration") expect(broken(constraint, { [attribute]: "7d" })).toBe(true);
  });
});

describe("every word of a choice is allowed, and no other", () => {
  test.each(of("choice"))("%s", (_, constraint) => {
    for (const value of constraint.values)
      expect(broken(constraint, { [constraint.attribute]: value })).toBe(false);
    expect(broken(constraint, { [constraint.attribute]: "NO_SUCH_WORD" })).toBe(true);
    for (const [value, since] of Object.entries(constraint.added ?? {}))
      expect(
        [...evaluate(constraint, holding(constraint, { [constraint.attribute]: value }))].map(
          ({ versions, fix }) => [versions.until, fix?.includes(since)],
        ),
      ).toEqual([[since, true]]);
  });
});

describe("every example of a form is of that form", () => {
  test.each(of("form"))("%s", (_, constraint) => {
    for (const value of constraint.examples)
      expect(broken(constraint, { [constraint.attribute]: value })).toBe(false);
    expect(broken(constraint, { [constraint.attribute]: "\u0000" })).toBe(true);
  });
});

describe("the lower number is below the higher one", () => {
  test.each(of("order"))("%s", (_, constraint) => {
    const { lower, higher, orEqual = false, measure } = constraint;
    const written = (number: number) => (measure === "duration" ? `${number}s` : number);
    const isBroken = (low: number, high: number) =>
      broken(constraint, { [lower]: written(low), [higher]: written(high) });
    expect(isBroken(4, 5)).toBe(false);
    expect(isBroken(5, 5)).toBe(!orEqual);
    expect(isBroken(16, 5)).toBe(true);
  });
});

describe("one of several attributes", () => {
  test.each(of("one of"))("%s", (_, constraint) => {
    const { attributes, count } = constraint;
    const [first = "", second = ""] = attributes;
    expect(broken(constraint, { [first]: "x" })).toBe(false);
    expect(broken(constraint, { [first]: "x", [second]: "x" })).toBe(count !== "at least one");
    expect(broken(constraint, {})).toBe(count !== "at most one");
  });
});

/** The kind: values that exclude each other pass, or one of them alone is refused. */
describe("values that exclude each other are found together only", () => {
  test.each(of("conflict"))("%s", (_, constraint) => {
    const values = given({ when: constraint.values });
    expect(broken(constraint, Object.fromEntries(values))).toBe(true);
    const chosen = values.find(([path]) => !constraint.values[path]?.includes(anything));
    if (chosen !== undefined)
      expect(broken(constraint, { ...Object.fromEntries(values), [chosen[0]]: "OTHER" })).toBe(false);
  });
});

/** The kind: one value in two blocks passes, or two values do not. */
describe("a value may be in one block only", () => {
  test.each(of("unique"))("%s", (_, constraint) => {
    const { blocks, attribute } = constraint;
    const both = (first: string, second: string) =>
      broken(constraint, { [blocks]: [{ [attribute]: first }, { [attribute]: second }] });
    expect(both("x", "x")).toBe(true);
    expect(both("x", "y")).toBe(false);
  });
});

describe("what is needed is missed, and what is forbidden is found", () => {
  test.each([...of("required"), ...of("forbidden")])("%s", (_, constraint) => {
    const isNeeded = constraint.kind === "required";
    // Where the condition is about the attribute itself, its value is the one that is forbidden.
    const decided = constraint.attributes.some((path) => path in (constraint.when ?? {}));
    for (const path of constraint.attributes)
      expect(broken(constraint, isNeeded || decided ? {} : { [path]: "x" })).toBe(true);
    const all = Object.fromEntries(constraint.attributes.map((path) => [path, "x"]));
    if (!decided) expect(broken(constraint, isNeeded ? all : {})).toBe(false);
  });
});
