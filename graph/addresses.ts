/** Indexes in an address: `[0]`, `["a"]`. */
const indexes = /\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g;

export function withoutIndexes(address: string): string {
  return address.includes("[") ? address.replace(indexes, "") : address;
}

/** The index at the end of the address, with brackets; empty where there is none. */
export function lastIndex(address: string): string {
  const last = address.match(indexes)?.at(-1) ?? "";
  return address.endsWith(last) ? last : "";
}

/** True where the address states no index that contradicts the instance's. */
export function agrees(address: string, instance: string): boolean {
  const stated = address.match(indexes) ?? [];
  return stated.every((index) => instance.includes(index));
}

/** The last segment of a self link or id. */
export function lastSegment(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
