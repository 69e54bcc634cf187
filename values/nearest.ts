/** A comparison with more names takes too long. */
const MAX_COMPARED_NAMES = 300;
/** Longer names are compared by their first characters. */
const MAX_COMPARED_CHARACTERS = 100;

/** The item whose name takes the fewest edits to become `name`; undefined where there is none. */
export function nearestTo<T>(name: string, items: readonly T[], nameOf: (item: T) => string): T | undefined {
  let best: T | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  const wanted = name.slice(0, MAX_COMPARED_CHARACTERS);
  for (const item of items.slice(0, MAX_COMPARED_NAMES)) {
    const other = nameOf(item).slice(0, MAX_COMPARED_CHARACTERS);
    // Each character more or less is an edit.
    if (Math.abs(other.length - wanted.length) >= fewest) continue;
    const found = distance(wanted, other);
    if (found < fewest) [best, fewest] = [item, found];
  }
  return best;
}

/** Levenshtein distance with one row of memory. */
export function distance(first: string, second: string): number {
  const [a, b] = withoutCommonEnds(first, second);
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Equal beginnings and ends need no edit: names of one type differ in a few characters. */
function withoutCommonEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** The candidate that a person most likely meant, or undefined where more than half of it differs. */
export function nearest(wrong: string, candidates: readonly string[]): string | undefined {
  const lower = wrong.toLowerCase();
  const best = nearestTo(lower, candidates, (candidate) => candidate.toLowerCase());
  if (best === undefined) return undefined;
  return distance(lower, best.toLowerCase()) <= Math.max(wrong.length, best.length) / 2 ? best : undefined;
}

/**
 * True where a name is another one misspelled: other case or separators, or the same words in one of which a letter is
 * missing, added, different or swapped. Short words, numbers and first letters that differ make another name: east and west,
 * db-1 and db-2.
 */
export function isNearMiss(name: string, other: string): boolean {
  const words = wordsOf(name);
  const others = wordsOf(other);
  if (words.join("") === others.join("")) return true;
  if (words.length !== others.length) return false;
  const different = words.flatMap((word, index) => (word === others[index] ? [] : [index]));
  const [only = 0, ...more] = different;
  return more.length === 0 && isMisspelled(words[only] ?? "", others[only] ?? "");
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[-_.]+/)
    .filter((word) => word !== "");
}

/** Words in which a letter is different are of five letters at least: "main" and "mail" are two words. */
const SHORTEST_MISSPELLED_WORD = 5;

function isMisspelled(a: string, b: string): boolean {
  if (/\d/.test(a + b) || a[0] !== b[0] || Math.min(a.length, b.length) < 3) return false;
  if (a.length !== b.length) return Math.abs(a.length - b.length) === 1 && distance(a, b) === 1;
  const isSwapped = distance(a, b) === 2 && [...a].sort().join("") === [...b].sort().join("");
  return isSwapped || (a.length >= SHORTEST_MISSPELLED_WORD && distance(a, b) === 1);
}

/**
 * "did you mean x?" or the list of what exists; for the end of a message.
 *
 * @param none what to do where there is none
 */
export function suggestion(
  wrong: string,
  candidates: readonly string[],
  none = "remove it: none is declared",
): string {
  const close = nearest(wrong, candidates);
  if (close !== undefined) return `did you mean "${close}"?`;
  return candidates.length === 0 ? none : `declared: ${candidates.join(", ")}`;
}
