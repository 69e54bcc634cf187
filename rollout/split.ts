import type { Split } from "./ledger.ts";
import { CANDIDATE_TAG, LATEST, type Target } from "./observed.ts";

/** Terraform's form: stable by name, the newest revision without traffic; before the first creation, the newest has all. */
export function declared(stable: string | null): Split {
  return { stable, candidate: null, percent: 0 };
}

/** Percent by revision; entries without traffic do not count. */
export function shares(targets: readonly Target[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { revision, percent } of targets)
    if (percent > 0) found.set(revision, (found.get(revision) ?? 0) + percent);
  return found;
}

/** Whether `asked` requests this split; entries of others without traffic do not count. */
export function asksFor(split: Split, asked: readonly Target[]): boolean {
  return same(sharesOf(split, LATEST), shares(asked));
}

/**
 * Whether this split is in effect. `serving` names the newest revision.
 *
 * @param latest name of the newest revision
 */
export function serves(split: Split, serving: readonly Target[], latest: string | null): boolean {
  const found = shares(serving);
  return same(sharesOf(split, LATEST), found) || same(sharesOf(split, latest ?? LATEST), found);
}

/** Whether `asked` has the tag on the newest revision, as Terraform declares it. */
export function isDeclaredForm(asked: readonly Target[]): boolean {
  return asked.some(({ revision, tag }) => revision === LATEST && tag === CANDIDATE_TAG);
}

/** "backend-00012-abc 95 %, backend-00013-xyz 5 %" */
export function splitText(targets: readonly Target[]): string {
  const parts = [...shares(targets)].map(([revision, percent]) => `${revision} ${percent} %`);
  return parts.length === 0 ? "no traffic" : parts.join(", ");
}

function sharesOf({ stable, candidate, percent }: Split, latest: string): Map<string, number> {
  const entries: [string, number][] = [[stable ?? latest, 100 - percent]];
  if (candidate !== null) entries.push([candidate, percent]);
  return new Map(entries.filter(([, share]) => share > 0));
}

function same(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([revision, share]) => right.get(revision) === share);
}
