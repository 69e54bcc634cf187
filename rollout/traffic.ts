import type { Split } from "./ledger.ts";
import { CANDIDATE_TAG, LATEST, type Target } from "./observed.ts";

/** Tag of the last known good revision while a candidate has traffic: a tagged revision cannot be deleted. */
export const STABLE_TAG = "stable";

/** Tags that a rollout sets and removes; all others belong to somebody else. */
const ROLLOUT_TAGS: readonly (string | undefined)[] = [CANDIDATE_TAG, STABLE_TAG];

/**
 * The entries of a split, in the order in which Terraform states them, because another order is a difference to it.
 * Tags of others stay, after ours.
 *
 * @param asked the traffic that is written now
 * @throws RangeError where the percent is not a whole number of 0 to 100, or there is no revision for it
 */
export function entries(split: Split, asked: readonly Target[]): Target[] {
  return [...own(split), ...foreign(asked)];
}

function own({ stable, candidate, percent }: Split): Target[] {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    throw new RangeError(`${percent} is not a whole percent of 0 to 100`);
  if (candidate === null) return declared(stable);
  if (stable === null || stable === candidate)
    return [{ revision: candidate, percent: 100, tag: CANDIDATE_TAG }];
  // Both by name: an apply in between moves what LATEST is.
  return [
    { revision: stable, percent: 100 - percent, tag: STABLE_TAG },
    { revision: candidate, percent, tag: CANDIDATE_TAG },
  ];
}

/** What the construct of the service declares: an apply gives a new revision no traffic. */
function declared(stable: string | null): Target[] {
  if (stable === null) return [{ revision: LATEST, percent: 100 }];
  return [
    { revision: stable, percent: 100 },
    { revision: LATEST, percent: 0, tag: CANDIDATE_TAG },
  ];
}

/** Tags of others, without traffic: the split covers all of it. */
function foreign(asked: readonly Target[]): Target[] {
  return asked.flatMap(({ revision, tag }) =>
    tag === undefined || ROLLOUT_TAGS.includes(tag) ? [] : [{ revision, percent: 0, tag }],
  );
}
