/** An IPv4 range as a half-open interval of 32-bit numbers, so that comparisons need no string operations. */
export interface Range {
  /** The range as written, for messages. */
  readonly cidr: string;
  /** First address, as an unsigned 32-bit number. */
  readonly first: number;
  /** Last address, inclusive. */
  readonly last: number;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
  /** True where the written address is not the first of its range, for example 10.1.0.5/28. */
  readonly hostBits: boolean;
  /** The same range with its host bits cleared: 10.1.0.5/28 -> 10.1.0.0/28. */
  readonly network: string;
}

const OCTET = "(0|[1-9]\\d{0,2})";
const CIDR = new RegExp(`^${Array(4).fill(OCTET).join("\\.")}/(\\d{1,2})$`);

/**
 * Parses an IPv4 CIDR. Returns undefined for anything else (IPv6, no prefix length, not a string). With ip-address, whose addresses
 * are large integers, this took a quarter of the validation of an environment.
 */
export function parseRange(cidr: unknown): Range | undefined {
  const parts = typeof cidr === "string" ? CIDR.exec(cidr) : null;
  if (parts === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { ...rangeFrom(first, prefix), cidr: parts[0], hostBits: address !== first };
}

/** A range from its first address (32-bit number) and prefix length. */
export function rangeFrom(first: number, prefix: number): Range {
  const cidr = `${formatAddress(first)}/${prefix}`;
  return { cidr, first, last: first + 2 ** (32 - prefix) - 1, prefix, hostBits: false, network: cidr };
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Number of addresses. */
export function rangeSize(range: Range): number {
  return range.last - range.first + 1;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether `inner` is within `outer`. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * Whether one of the ranges contains another range: each question takes as long as a search in a sorted list, so that
 * thousands of ranges may be compared with thousands.
 */
export function containsAny(
  outers: readonly Pick<Range, "first" | "last">[],
): (inner: Pick<Range, "first" | "last">) => boolean {
  const sorted = [...outers].sort((a, b) => a.first - b.first);
  let most = Number.NEGATIVE_INFINITY;
  const furthest = sorted.map(({ last }) => {
    most = Math.max(most, last);
    return most;
  });
  return ({ first, last }) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.first ?? 0) <= first) low = middle + 1;
      else high = middle;
    }
    return (furthest[low - 1] ?? Number.NEGATIVE_INFINITY) >= last;
  };
}

/**
 * Every pair of overlapping ranges, by one sweep over the sorted starts: n log n plus the number of
 * pairs found, so that ten thousand disjoint ranges cost no more than sorting them.
 */
export function overlappingPairs<T>(items: readonly T[], rangeOf: (item: T) => Range): [T, T][] {
  const sorted = [...items].sort((a, b) => rangeOf(a).first - rangeOf(b).first);
  const pairs: [T, T][] = [];
  let open: T[] = [];
  for (const item of sorted) {
    open = open.filter((earlier) => rangeOf(earlier).last >= rangeOf(item).first);
    for (const earlier of open) pairs.push([earlier, item]);
    open.push(item);
  }
  return pairs;
}
