import { OLDEST_PROVIDER, type PathFacts, type Period } from "../../resources/facts/index.ts";
import { NEWEST_PROVIDER, VersionRange } from "../../resources/versions.ts";
import type { Severity } from "../rule.ts";
import type { Subject } from "./subject.ts";
import { overlaps, rangeOf } from "./validity.ts";

/** What is wrong in some of the versions, and what is allowed in the newest of them. */
export interface Outcome<T> {
  /** An error where it is wrong in every version that the input allows, otherwise a warning. */
  readonly severity: Severity;
  /** " with google 6.50.0", " with google from 7.0.0 on"; empty where it is wrong in every version. */
  readonly where: string;
  readonly issue: T;
}

const released = VersionRange.of({ since: OLDEST_PROVIDER });
/** What an input that states no version may have been written for: the newest major version and the one before it. */
const recent = VersionRange.of({ since: `${Number.parseInt(NEWEST_PROVIDER, 10) - 1}.0.0` });

/**
 * Evaluates what the versions say of a path that an input may use. Undefined where nothing is wrong in any of them.
 * An input that states no version is checked against the newest, and gets a warning where another recent one accepts it.
 */
export function acrossVersions<T>(
  { versions, isStated, provider }: Subject,
  periods: readonly Period[],
  issueOf: (facts: Period["facts"]) => T | undefined,
): Outcome<T> | undefined {
  // Nearly always nothing is wrong in any version, whatever the input allows.
  if (periods.every(({ facts }) => issueOf(facts) === undefined)) return undefined;
  const allowed = versions.intersection(released);
  const within = periods.map((period) => ({ period, versions: allowed.intersection(rangeOf(period)) }));
  const possible = within.filter((part) => !part.versions.isEmpty);
  const wrong = possible.flatMap((part) => {
    const issue = issueOf(part.period.facts);
    return issue === undefined ? [] : [{ ...part, issue }];
  });
  const last = wrong.at(-1);
  if (last === undefined) return undefined;
  const others = isStated ? [] : periods.filter((period) => overlaps(recent, period));
  const isCertain =
    wrong.length === possible.length && others.every(({ facts }) => issueOf(facts) !== undefined);
  const names = wrong.map((part) => part.versions.toString()).join(" or ");
  return {
    severity: isCertain ? "error" : "warning",
    where: isCertain ? "" : ` with ${provider} ${names}`,
    issue: last.issue,
  };
}

type ByPath<T> = Map<PathFacts, { readonly value: T }>;

/** What no value decides is the same for all resources of a type whose versions are the same, and is computed for the first. */
export function memoizeByPath<T>(
  compute: (subject: Subject, block: PathFacts, member: PathFacts) => T,
): (subject: Subject, block: PathFacts, member: PathFacts) => T {
  const stated = new WeakMap<VersionRange, ByPath<T>>();
  const assumed = new WeakMap<VersionRange, ByPath<T>>();
  return (subject, block, member) => {
    const results = subject.isStated ? stated : assumed;
    let byPath = results.get(subject.versions);
    if (byPath === undefined) {
      byPath = new Map();
      results.set(subject.versions, byPath);
    }
    let result = byPath.get(member);
    if (result === undefined) {
      result = { value: compute(subject, block, member) };
      byPath.set(member, result);
    }
    return result.value;
  };
}

/** True where a version may be used that is newer than the facts, and may know more than they do. */
export function mayBeNewer({ versions, isStated }: Subject): boolean {
  const newer = VersionRange.fromConstraint(`> ${NEWEST_PROVIDER}`) ?? VersionRange.any;
  return !isStated || !versions.intersection(newer).isEmpty;
}
