import { isUnknown, type Value } from "../../graph/index.ts";
import type { AttributeFacts } from "../../resources/facts/index.ts";
import type { Rule } from "../rule.ts";
import { acrossVersions } from "./across-versions.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { type Subject, subjects } from "./subject.ts";
import { isMap, itemsOf, type WrittenAttribute, writtenAttributes } from "./written.ts";

const names = { string: "a string", number: "a number", bool: "true or false", any: "any value" } as const;
const plural = { string: "strings", number: "numbers", bool: "booleans", any: "values" } as const;

function nameOf({ type = "any", fraction }: AttributeFacts): string {
  return type === "number" && fraction !== true ? "a whole number" : names[type];
}

function pluralOf({ type = "any", fraction }: AttributeFacts): string {
  return type === "number" && fraction !== true ? "whole numbers" : plural[type];
}

/** What the value should be; undefined where it is that, Terraform makes it that, or it is not known. */
function expected(value: Value, facts: AttributeFacts | undefined): string | undefined {
  if (facts === undefined || isUnknown(value) || value === null) return undefined;
  const { in: collection, nested } = facts;
  if (nested !== undefined)
    return itemsOf(value).every((item) => isMap(item) || item === null || isUnknown(item))
      ? undefined
      : nested === "block"
        ? "a block"
        : "an object";
  if (collection === "map")
    return isMap(value) && Object.values(value).every((item) => isScalar(item, facts))
      ? undefined
      : `a map of ${pluralOf(facts)}`;
  if (collection !== undefined) {
    // A single value in Terraform's JSON is not a list either, but a map never was one.
    if (!Array.isArray(value)) return `a ${collection} of ${pluralOf(facts)}`;
    return value.every((item) => isScalar(item as Value, facts))
      ? undefined
      : `a ${collection} of ${pluralOf(facts)}`;
  }
  return isScalar(value, facts) ? undefined : nameOf(facts);
}

/** Terraform makes a string of a number, and a number of a string that holds one. */
function isScalar(value: Value, { type = "any", fraction }: AttributeFacts): boolean {
  if (type === "any" || value === null || isUnknown(value)) return true;
  if (typeof value === "object") return false;
  if (type === "number") {
    const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
    return typeof value !== "boolean" && (fraction === true ? !Number.isNaN(number) : isWhole(number));
  }
  if (type === "bool")
    return typeof value === "boolean" || (typeof value === "string" && /^(?:true|false|1|0)$/.test(value));
  return true;
}

/** Terraform computes with more digits than JavaScript: what is whole but for the last of them is whole. */
function isWhole(number: number): boolean {
  return Math.abs(number - Math.round(number)) < 1e-9;
}

function shown(value: Value): string {
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "an object" : JSON.stringify(value);
}

const TYPE = ["type", "in", "nested", "fraction"] as const;

/** The attributes that are wrong in some version, nearly always none: a loop of its own, which V8 optimizes by itself. */
function misfits(subject: Subject): readonly WrittenAttribute[] {
  return writtenAttributes(subject).filter(({ value, facts }) =>
    facts.different(TYPE).some((known) => expected(value, known) !== undefined),
  );
}

export const wrongType: Rule = {
  id: "schema/wrong-type",
  why: "A value that Terraform cannot convert to the type of its attribute stops the plan.",
  limit: "the types of the provider's version",
  fix: "Write a value of the type.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { resource, facts } = subject;
      if (facts === undefined) continue;
      for (const { path, value, facts: ofPath } of misfits(subject)) {
        const outcome = acrossVersions(subject, ofPath.knownPeriods, (known) => expected(value, known));
        if (outcome === undefined) continue;
        yield {
          resource,
          severity: outcome.severity,
          message: `${path} is ${shown(value)}; rejected at plan${outcome.where}: it is ${outcome.issue}.`,
          fix: `Write ${outcome.issue}.`,
          source: documentation(facts.type),
          givesWayOn: [path],
        };
      }
    }
  },
};
