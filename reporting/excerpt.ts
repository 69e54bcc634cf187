/** Characters of a value that a report shows. */
const MAX_LENGTH = 300;
/** What comes before the difference, for the reader to find it in the whole. */
const LEAD = 60;

/** Two versions of a long value, each cut to the part around what differs; the same part of both. */
export function excerpts(
  before: string | undefined,
  after: string | undefined,
): readonly [string | undefined, string | undefined] {
  const start = before === undefined || after === undefined ? 0 : firstDifference(before, after);
  const isLong = [before, after].some((text) => (text?.length ?? 0) > MAX_LENGTH);
  const from = isLong && start > LEAD ? start - LEAD : 0;
  return [excerpt(before, from), excerpt(after, from)];
}

function firstDifference(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let at = 0;
  while (at < shorter && one[at] === other[at]) at++;
  return at;
}

function excerpt(text: string | undefined, from: number): string | undefined {
  if (text === undefined) return undefined;
  const end = from + MAX_LENGTH;
  return `${from > 0 ? "…" : ""}${text.slice(from, end)}${text.length > end ? "…" : ""}`;
}
