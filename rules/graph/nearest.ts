/** Among more names than this no person looks for the nearest, and comparing with all of them takes long. */
const mostCompared = 300;

/** The item whose name takes the fewest edits to become `name`; undefined where there is none. */
export function nearestTo<T>(name: string, items: readonly T[], nameOf: (item: T) => string): T | undefined {
  let best: T | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const item of items.slice(0, mostCompared)) {
    const distance = edits(name.slice(0, 100), nameOf(item).slice(0, 100));
    if (distance < fewest) [best, fewest] = [item, distance];
  }
  return best;
}

/** Levenshtein's distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
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
