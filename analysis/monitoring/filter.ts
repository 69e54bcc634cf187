import { isUnknown, type Value } from "../../graph/index.ts";
import { byText } from "../../values/by-text.ts";

/** Stands for a piece of a filter that is not known. */
const HOLE = "\u0000";

/** A monitoring filter, read as far as it is known. */
export interface Filter {
  readonly text: string;
  /** True where the words of the filter are all known; only quoted values may have holes. */
  readonly whole: boolean;
}

export function filterOf(value: Value | undefined): Filter | undefined {
  const text =
    typeof value === "string"
      ? value
      : isUnknown(value) && value.parts.length > 0
        ? value.parts.map((part) => (typeof part === "string" ? part : HOLE)).join("")
        : undefined;
  if (text === undefined || text.trim() === "") return undefined;
  const whole = !text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, "").includes(HOLE);
  return { text, whole };
}

/** The literal that the filter compares the name with for equality; undefined where it does not, or where that is not known. */
export function equalTo(filter: Filter, name: RegExp): string | undefined {
  const match = comparison(name.source).exec(filter.text);
  const literal = match?.[1] ?? match?.[2] ?? match?.[3];
  return literal === undefined || literal.includes(HOLE) || literal === "" ? undefined : literal;
}

export function mentions(filter: Filter, name: RegExp): boolean {
  return new RegExp(`(?:^|[^\\w.])(?:${name.source})`).test(filter.text);
}

export const METRIC_TYPE = /metric\.type/;
export const RESOURCE_TYPE = /resource\.type/;

/** A label of the resource or of the metric, in the spellings that the API takes. */
export function label(name: string): RegExp {
  return new RegExp(`(?:resource|metric)\\.labels?\\.(?:"${name}"|${name})`);
}

/** By the source of a name: rules ask every filter for the same few names. */
const comparison = byText(
  (name) => new RegExp(`(?:^|[^\\w.])(?:${name})\\s*(?:=|:)\\s*(?:"([^"]*)"|'([^']*)'|([\\w./-]+))`),
);
