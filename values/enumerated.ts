/** "a", "a and b", "a, b and c"; with another conjunction "a, b or c". */
export function enumerated(items: readonly string[], conjunction = "and"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
