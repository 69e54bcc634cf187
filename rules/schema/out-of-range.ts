import { isUnknown, type Value } from "../../graph/index.ts";
import type { AttributeFacts } from "../../resources/facts/index.ts";
import { plural } from "../../values/words.ts";
import type { Rule } from "../rule.ts";
import { acrossVersions } from "./across-versions.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { subjects } from "./subject.ts";
import { itemsOf, writtenAttributes } from "./written.ts";

const BOUNDS = ["max", "min", "range", "length"] as const;

/** What is allowed, where the value is not: "1 to 10", "at least 1", "6 to 30 characters", "at most 1 block". */
function bounds(value: Value, facts: AttributeFacts | undefined): string | undefined {
  if (facts === undefined) return undefined;
  return countBounds(value, facts) ?? numberBounds(value, facts) ?? lengthBounds(value, facts);
}

function countBounds(value: Value, { in: collection, nested, max, min }: AttributeFacts): string | undefined {
  if (collection === undefined || collection === "map" || !Array.isArray(value)) return undefined;
  const what = nested === "block" ? "block" : "element";
  // Of a list in which something is unknown, the number is the least that there are.
  const certain = value.filter((item) => !isUnknown(item)).length;
  if (max !== undefined && certain > max) return `there is at most ${plural(max, what)}`;
  return min !== undefined && certain === value.length && certain < min
    ? `there are at least ${plural(min, what)}`
    : undefined;
}

function numberBounds(value: Value, { range }: AttributeFacts): string | undefined {
  if (range === undefined) return undefined;
  const [low, high] = range;
  const isOutside = itemsOf(value).some((item) => {
    const number = typeof item === "string" && item.trim() !== "" ? Number(item) : item;
    return typeof number === "number" && ((low !== null && number < low) || (high !== null && number > high));
  });
  if (!isOutside) return undefined;
  if (low === null) return `it is at most ${high}`;
  return high === null ? `it is at least ${low}` : `it is ${low} to ${high}`;
}

function lengthBounds(value: Value, { length }: AttributeFacts): string | undefined {
  if (length === undefined) return undefined;
  const [low, high] = length;
  const isOutside = itemsOf(value).some(
    (item) => typeof item === "string" && (Buffer.byteLength(item) < low || Buffer.byteLength(item) > high),
  );
  return isOutside ? `it has ${low} to ${high} characters` : undefined;
}

function shown(value: Value): string {
  return Array.isArray(value) ? `a list of ${value.length}` : JSON.stringify(value);
}

export const outOfRange: Rule = {
  id: "schema/out-of-range",
  why: "The provider refuses numbers, lengths and counts of blocks outside its bounds.",
  limit: "the bounds of the provider's version",
  fix: "Write a value within the bounds.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { resource, facts } = subject;
      if (facts === undefined) continue;
      for (const { path, value, facts: ofPath } of writtenAttributes(subject)) {
        if (!ofPath.states(BOUNDS)) continue;
        const outcome = acrossVersions(subject, ofPath.knownPeriods, (known) => bounds(value, known));
        if (outcome === undefined) continue;
        yield {
          resource,
          severity: outcome.severity,
          message: `${path} is ${shown(value)}; rejected at plan${outcome.where}: ${outcome.issue}.`,
          source: documentation(facts.type),
          givesWayOn: [path],
        };
      }
    }
  },
};
