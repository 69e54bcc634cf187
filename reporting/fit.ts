/** One part of the report in ever shorter versions; the last one may be empty. */
export interface Section {
  /** What is missing in a shorter version, for the note that says so. */
  readonly what: string;
  /** Sections of a higher rank are shortened first. */
  readonly rank: number;
  readonly versions: readonly string[];
}

/** GitHub takes 65,536 characters; counted are bytes, of which no text has fewer. */
export const LIMIT = 65_536;

/** Room for the note that says what was left out. */
const NOTE_BYTES = 1_000;

/**
 * Joins the sections, shortening one step after the other until the whole fits: the highest rank first, and of one rank the last
 * section first.
 */
export function fitted(sections: readonly Section[], limit: number = LIMIT): string {
  const chosen = sections.map(() => 0);
  const order = sections
    .map((section, index) => ({ section, index }))
    .sort((a, b) => b.section.rank - a.section.rank || b.index - a.index);
  const left = new Set<string>();
  const whole = (): string =>
    joined(sections.map(({ versions }, index) => versions[chosen[index] ?? 0] ?? ""));
  for (const { section, index } of order) {
    while ((chosen[index] ?? 0) < section.versions.length - 1 && bytes(whole()) > limit - NOTE_BYTES) {
      chosen[index] = (chosen[index] ?? 0) + 1;
      left.add(section.what);
    }
  }
  const note =
    left.size === 0
      ? ""
      : `> To fit into a comment, this was left out or shortened: ${[...left].join("; ")}.`;
  return cut(joined([whole(), note]), limit);
}

function joined(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`.replace(/\n+$/, "\n");
}

export function bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** The last resort, for what alone is too long. */
export function cut(text: string, limit: number = LIMIT): string {
  if (bytes(text) <= limit) return text;
  const end = "\n\n… the rest does not fit into a comment.\n";
  const buffer = Buffer.from(text, "utf8").subarray(0, limit - bytes(end) - 4);
  const line = buffer.lastIndexOf("\n");
  return `${buffer
    .subarray(0, line > 0 ? line : undefined)
    .toString("utf8")
    .replace(/\ufffd+$/, "")}${end}`;
}

/** A list in full, and its first items with how many more there are. */
export function shortened(items: readonly string[], counts: readonly number[]): string[] {
  return [
    items.join("\n"),
    ...counts
      .filter((count) => count < items.length)
      .map((count) => [...items.slice(0, count), `- … and ${items.length - count} more`].join("\n")),
  ];
}
