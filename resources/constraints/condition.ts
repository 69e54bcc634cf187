import { type Attributes, isSet } from "../attributes.ts";

/** Stands for any value that is certainly there, known or not. */
export const anything = Symbol("anything");

/** A value, a pattern of it, `anything`, or undefined where nothing (or "") is written. */
type Expected = string | number | boolean | RegExp | typeof anything | undefined;

/** Attributes and the values that each may have. */
export type Condition = Readonly<Record<string, readonly Expected[]>>;

/** Whether the attributes meet the condition; undefined where values that are not known yet decide. */
export function meets(attributes: Attributes, condition: Condition): boolean | undefined {
  const answers = Object.entries(condition).map(([path, expected]) => isAmong(attributes, path, expected));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function isAmong(attributes: Attributes, path: string, expected: readonly Expected[]): boolean | undefined {
  if (!isSet(attributes, path)) return expected.includes(undefined);
  if (expected.includes(anything)) return attributes.mayBeNull(path) ? undefined : true;
  if (attributes.isUnknown(path)) return undefined;
  const text = attributes.string(path);
  return expected.some((value) =>
    value instanceof RegExp
      ? text !== undefined && value.test(text)
      : value !== undefined && String(value) === text,
  );
}

/** For the rule book: "edition is ENTERPRISE and tier is not set". */
export function describeCondition(condition: Condition, verb = " is ", conjunction = " and "): string {
  return Object.entries(condition)
    .map(([path, expected]) => `${path}${verb}${expected.map(inWords).join(" or ")}`)
    .join(conjunction);
}

function inWords(value: Expected): string {
  if (value === undefined) return "not set";
  if (value === anything) return "set";
  if (!(value instanceof RegExp)) return String(value);
  const [, words] = /^\^\(?([\w|-]+)\)?\$$/.exec(value.source) ?? [];
  return words === undefined ? `of the form ${value.source}` : words.split("|").join(" or ");
}

/** What meets the condition in this resource, as a clause: `tier is "BASIC" and replica_count is not set`. */
export function describeValues(attributes: Attributes, condition: Condition): string {
  const paths = Object.keys(condition);
  const clauses = paths.map((path) => {
    const value = attributes.get(path);
    const shown = attributes.string(path) === undefined ? "set" : JSON.stringify(value);
    return `${within(path, paths[0] ?? "")} is ${isSet(attributes, path) ? shown : "not set"}`;
  });
  return [clauses.slice(0, -1).join(", "), ...clauses.slice(-1)].filter(Boolean).join(" and ");
}

/** The path without the blocks that it shares with the first one of a message. */
export function within(path: string, first: string): string {
  const block = first.slice(0, first.lastIndexOf(".") + 1);
  return path !== first && path.startsWith(block) ? path.slice(block.length) : path;
}

/** What meets the condition in this resource, for a message: ` with tier "BASIC" and without replica_count`. */
export function describeCase(attributes: Attributes, condition: Condition): string {
  const paths = Object.keys(condition);
  const set = paths.filter((path) => isSet(attributes, path));
  const shown = set.map((path) => {
    const text = attributes.string(path);
    return text === undefined ? path : `${path} "${text}"`;
  });
  const missing = paths.filter((path) => !set.includes(path));
  return [
    shown.length === 0 ? "" : ` with ${shown.join(" and ")}`,
    missing.length === 0 ? "" : `${shown.length === 0 ? "" : " and"} without ${missing.join(" or ")}`,
  ].join("");
}
