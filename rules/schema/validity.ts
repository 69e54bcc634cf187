import type { PathFacts, Period } from "../../resources/facts/index.ts";
import { describeValidity, VersionRange } from "../../resources/versions.ts";

/** When a path exists, for people: "from 6.0.0 on", "before 8.0.0". */
export function described(periods: readonly Period[]): string {
  const spans: { since?: string; until?: string }[] = [];
  let open: { since?: string; until?: string } | undefined;
  for (const { since, until, facts } of periods) {
    if (facts === undefined) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = since === undefined ? {} : { since };
      spans.push(open);
    }
    if (until === undefined) delete open.until;
    else open.until = until;
  }
  return spans.map(describeValidity).join(" and ");
}

const ranges = new WeakMap<Period, VersionRange>();

export function rangeOf(period: Period): VersionRange {
  const range = ranges.get(period) ?? VersionRange.of(period);
  ranges.set(period, range);
  return range;
}

/** True where the period has one of the versions. */
export function overlaps(versions: VersionRange, period: Period): boolean {
  return !versions.intersection(rangeOf(period)).isEmpty;
}

/** The versions that have the block, with what they say of a path in it. */
export function periodsWithin(block: PathFacts, member: PathFacts): Period[] {
  const outer = block.knownPeriods.map(rangeOf);
  return member.periods.filter((period) => outer.some((versions) => overlaps(versions, period)));
}
