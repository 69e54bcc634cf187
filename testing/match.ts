import { isRecord } from "../values/is-record.ts";

/** What a value is compared with; made by `Match`, or an asymmetric matcher of Jest or Vitest. */
export interface Matcher {
  /** What differs, one sentence each; nothing where the value matches. */
  mismatches(actual: unknown, path: string): string[];
}

function matcher(mismatches: Matcher["mismatches"]): Matcher {
  return { mismatches };
}

/**
 * Patterns of values in Terraform JSON. A plain object in a pattern matches an object that has at least its properties, and a
 * plain list one of the same length.
 */
export const Match = {
  /** The property is not there. */
  absent: (): Matcher =>
    matcher((actual, path) => (actual === undefined ? [] : [`${path} is ${text(actual)}, and not absent`])),

  /** The property is there, whatever its value. */
  anyValue: (): Matcher => matcher((actual, path) => (actual === undefined ? [`${path} is absent`] : [])),

  /** A list that has at least these items, in any order. */
  arrayWith: (items: readonly unknown[]): Matcher =>
    matcher((actual, path) => {
      if (!Array.isArray(actual)) return [`${path} is ${text(actual)}, and not a list`];
      return items
        .filter((item) => !actual.some((candidate) => mismatchesOf(candidate, item, path).length === 0))
        .map((item) => `${path} is ${text(actual)}, without an item ${text(item)}`);
    }),

  /** An object that has these properties and no others. */
  objectEquals: (pattern: object): Matcher =>
    matcher((actual, path) => {
      const more = isRecord(actual) ? Object.keys(actual).filter((key) => !(key in pattern)) : [];
      return [
        ...mismatchesOf(actual, pattern, path),
        ...more.map(
          (key) => `${join(path, key)} is ${text((actual as Record<string, unknown>)[key])}, and not absent`,
        ),
      ];
    }),

  /** A text in which the expression is found. */
  stringLikeRegexp: (expression: string | RegExp): Matcher =>
    matcher((actual, path) =>
      typeof actual === "string" && new RegExp(expression).test(actual)
        ? []
        : [`${path} is ${text(actual)}, and does not match ${expression}`],
    ),

  /** A text of JSON, for example of a dashboard, whose value matches the pattern. */
  serializedJson: (pattern: unknown): Matcher =>
    matcher((actual, path) => {
      try {
        return mismatchesOf(JSON.parse(String(actual)), pattern, path);
      } catch {
        return [`${path} is ${text(actual)}, and not JSON`];
      }
    }),

  /** A value that does not match the pattern. */
  not: (pattern: unknown): Matcher =>
    matcher((actual, path) =>
      mismatchesOf(actual, pattern, path).length === 0
        ? [`${path} is ${text(actual)}, which was not expected`]
        : [],
    ),
} as const;

/** How a value differs from a pattern, one sentence for each difference. */
export function mismatchesOf(actual: unknown, pattern: unknown, path: string): string[] {
  if (isMatcher(pattern)) return pattern.mismatches(actual, path);
  if (isAsymmetric(pattern))
    return pattern.asymmetricMatch(actual)
      ? []
      : [`${path} is ${text(actual)}, and not ${pattern}(${text(pattern.sample)})`];
  if (Array.isArray(pattern)) {
    if (!Array.isArray(actual) || actual.length !== pattern.length)
      return [`${path} is ${text(actual)}, and not a list of ${pattern.length}: ${text(pattern)}`];
    return pattern.flatMap((item, index) => mismatchesOf(actual[index], item, `${path}[${index}]`));
  }
  if (isRecord(pattern)) {
    if (!isRecord(actual)) return [`${path} is ${text(actual)}, and not an object like ${text(pattern)}`];
    return Object.entries(pattern).flatMap(([key, value]) =>
      mismatchesOf(actual[key], value, join(path, key)),
    );
  }
  return Object.is(actual, pattern) ? [] : [`${path} is ${text(actual)}, and not ${text(pattern)}`];
}

function isMatcher(pattern: unknown): pattern is Matcher {
  return isRecord(pattern) && typeof pattern.mismatches === "function";
}

/** `expect.stringContaining(...)` and the like. */
interface AsymmetricMatcher {
  asymmetricMatch(actual: unknown): boolean;
  readonly sample?: unknown;
}

function isAsymmetric(pattern: unknown): pattern is AsymmetricMatcher {
  return typeof pattern === "object" && pattern !== null && "asymmetricMatch" in pattern;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

const MAX_TEXT_LENGTH = 200;

function text(value: unknown): string {
  if (value === undefined) return "absent";
  const json = JSON.stringify(value);
  return json.length > MAX_TEXT_LENGTH ? `${json.slice(0, MAX_TEXT_LENGTH)} ...` : json;
}
