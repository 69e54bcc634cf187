import { isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { AttributeFacts, PathFacts, TypeFacts } from "../../resources/facts/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { acrossVersions, type Outcome } from "./across-versions.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { type Subject, subjects } from "./subject.ts";
import { isMap, itemsOf, writtenBlocks } from "./written.ts";

const groups = ["conflicts", "exactlyOne", "atLeastOne", "requires"] as const;

type Presence = "set" | "unset" | "unknown";

/**
 * Whether a path is set, as the provider sees it: its groups name the first block of a list, so where there are more, or
 * something on the way is not known, it is not reported. An empty string may be set or not: that depends on where it comes from.
 */
function presenceOf(resource: Resource, path: string): Presence {
  const value = valueAt(resource, path);
  if (value === undefined || value === null) return "unset";
  if (isUnknown(value) || value === "" || value === false || value === 0) return "unknown";
  // Of an empty block the provider's documentation has examples that its groups would refuse.
  return itemsOf(value).some((item) => !isUnknown(item) && !isEmptyBlock(item)) ? "set" : "unknown";
}

/** Read without notice: what is not known here is no check that could not be made. */
function valueAt(resource: Resource, path: string): Value | undefined {
  let value: Value | undefined = resource.values as Value;
  for (const step of path.split(".")) {
    if (Array.isArray(value)) {
      if (value.length > 1) return [];
      value = value[0];
    }
    if (value === undefined || value === null || isUnknown(value)) return value;
    if (typeof value !== "object") return [];
    value = (value as { readonly [key: string]: Value })[step];
  }
  return value;
}

function isEmptyBlock(value: Value): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}

/** An attribute of a resource is there after the apply, also where nobody knows it before. */
function isOfResource(resource: Resource, path: string): boolean {
  const value = valueAt(resource, path);
  return (
    isUnknown(value) &&
    value.references.some(
      ({ address, attribute }) => /(?:^|\.)[a-z]+_\w+\.[^.]+$/.test(address) && !attribute.endsWith("()"),
    )
  );
}

/** What is written and comes to nothing may come to something with another value of a variable. */
function isCertainlyUnset(resource: Resource, path: string): boolean {
  const steps = path.split(".");
  return (
    presenceOf(resource, path) === "unset" &&
    !steps.some((_, index) => resource.emptyPaths.has(steps.slice(0, index + 1).join(".")))
  );
}

interface Issue {
  readonly paths: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** What the groups that an attribute names say of the resource. */
function issueOf({ resource }: Subject, path: string, known: AttributeFacts | undefined): Issue | undefined {
  if (known === undefined) return undefined;
  const isSet = (other: string) => presenceOf(resource, other) === "set";
  const { conflicts = [], exactlyOne = [], atLeastOne = [], requires = [] } = known;
  const others = isSet(path) ? conflicts.filter((other) => other !== path && isSet(other)) : [];
  if (others.length > 0) return tooMany([path, ...others]);
  const chosen = exactlyOne.filter(isSet);
  if (chosen.length > 1) return tooMany(chosen);
  const needed = exactlyOne.length > 0 ? exactlyOne : atLeastOne;
  if (needed.length > 0 && needed.every((other) => isCertainlyUnset(resource, other)))
    return {
      paths: needed,
      message: `none of ${needed.join(", ")} is set`,
      fix: `Set ${exactlyOne.length > 0 ? "exactly" : "at least"} one of them.`,
    };
  const missing =
    isSet(path) || isOfResource(resource, path)
      ? requires.filter((other) => isCertainlyUnset(resource, other))
      : [];
  if (missing.length === 0) return undefined;
  return {
    paths: [path, ...missing],
    message: `${path} is set without ${missing.join(" and ")}`,
    fix: `Set ${missing.join(" and ")} as well.`,
  };
}

function tooMany(paths: readonly string[]): Issue {
  const sorted = [...paths].sort();
  return {
    paths: sorted,
    message: `${sorted.join(" and ")} are set together`,
    fix: "Keep one of them.",
  };
}

/** Paths whose groups apply: of the resource itself, and of blocks that are there once. */
function* groupedPaths(subject: Subject): Generator<PathFacts> {
  const counts = new Map<PathFacts, number>();
  for (const { facts } of writtenBlocks(subject)) counts.set(facts, (counts.get(facts) ?? 0) + 1);
  for (const [block, count] of counts) if (count === 1) yield* block.membersStating(groups);
}

function violationOf(
  resource: Resource,
  facts: TypeFacts,
  { severity, where, issue }: Outcome<Issue>,
): Violation {
  return {
    resource,
    severity,
    message: `${issue.message} in ${facts.type}; rejected at plan${where}: the provider checks which of them belong together.`,
    fix: issue.fix,
    source: documentation(facts.type),
    givesWayOn: issue.paths,
  };
}

export const conflict: Rule = {
  id: "schema/conflict",
  why: "The provider refuses attributes that exclude each other, and those that are set without what they need.",
  limit: "the groups of attributes that the provider's version checks",
  fix: "Set what belongs together.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { resource, facts } = subject;
      if (facts === undefined) continue;
      const reported = new Set<string>();
      for (const ofPath of groupedPaths(subject)) {
        const { path, knownPeriods } = ofPath;
        // Nearly always, and versions seldom differ in it.
        if (ofPath.different(groups).every((known) => issueOf(subject, path, known) === undefined)) continue;
        const outcome = acrossVersions(subject, knownPeriods, (known) => issueOf(subject, path, known));
        if (outcome === undefined) continue;
        const key = outcome.issue.paths.join();
        if (reported.has(key)) continue;
        reported.add(key);
        yield violationOf(resource, facts, outcome);
      }
    }
  },
};
