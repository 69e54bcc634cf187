/** Levenshtein distance with one row of memory. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The candidate that a person most likely meant, or undefined where none is close (more than half of it differs). */
export function nearest(wrong: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const found = distance(wrong.toLowerCase(), candidate.toLowerCase());
    if (found < bestDistance) [best, bestDistance] = [candidate, found];
  }
  return best !== undefined && bestDistance <= Math.max(wrong.length, best.length) / 2 ? best : undefined;
}

/** "did you mean x?" or the list of what exists; for the end of a message. */
export function suggestion(wrong: string, candidates: readonly string[]): string {
  const close = nearest(wrong, candidates);
  if (close !== undefined) return `did you mean "${close}"?`;
  return candidates.length === 0 ? "none is declared" : `declared: ${candidates.join(", ")}`;
}
