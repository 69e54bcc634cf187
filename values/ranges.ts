import { Address4 } from "ip-address";

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

/** Parses an IPv4 CIDR. Returns undefined for anything else (IPv6, no prefix length, not a string). */
export function parseRange(cidr: unknown): Range | undefined {
  if (typeof cidr !== "string" || !/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(cidr)) return undefined;
  if (!Address4.isValid(cidr)) return undefined;
  const address = new Address4(cidr);
  const first = Number(address.startAddress().bigInt());
  const last = Number(address.endAddress().bigInt());
  return {
    cidr,
    first,
    last,
    prefix: address.subnetMask,
    hostBits: Number(address.bigInt()) !== first,
    network: `${formatAddress(first)}/${address.subnetMask}`,
  };
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
