import { contains, formatAddress, parseRange, type Range, rangeFrom, rangeSize } from "../values/ranges.ts";
import type { OwnedRange } from "./data.ts";

/** One stretch of a block, in the order of addresses. */
export interface Segment {
  readonly first: number;
  readonly last: number;
  /** Ranges in it: none where it is free, several where they are too small to be drawn at this scale. */
  readonly allocations: readonly OwnedRange[];
  /** The block that shows them larger; undefined where they are drawn here. */
  readonly enlarged: string | undefined;
  /** 0, or the row below where ranges overlap. */
  readonly lane: number;
}

/** A block of the VPC network at its own scale. */
export interface Block {
  readonly range: Range;
  /** The block that this one is a part of; undefined for a private range as a whole. */
  readonly within: string | undefined;
  readonly segments: readonly Segment[];
}

/** RFC 1918, and everything for ranges outside of it. */
const ROOTS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "0.0.0.0/0"];
/** A narrower share of its block cannot carry a label. */
const MIN_SHARE = 1 / 20;
/** Bits by which the block around a single range is wider than the range, so that its neighbourhood is seen. */
const SURROUNDING_BITS = 2;

/**
 * The ranges of a network as blocks to scale, from whole private ranges to the neighbourhood of the smallest range. What
 * is too small for one block is drawn in a further one.
 */
export function addressMap(allocations: readonly OwnedRange[]): Block[] {
  const roots = ROOTS.flatMap((cidr) => parseRange(cidr) ?? []);
  return roots.flatMap((root) => {
    const inside = allocations.filter(
      ({ range }) => roots.find((candidate) => contains(candidate, range)) === root,
    );
    return inside.length === 0 ? [] : blocks(root, undefined, inside);
  });
}

function blocks(range: Range, within: string | undefined, allocations: readonly OwnedRange[]): Block[] {
  const segments: Segment[] = [];
  const further: Block[] = [];
  for (const group of grouped(range, allocations)) {
    const small = group.some((allocation) => share(allocation.range, range) < MIN_SHARE);
    const around = small ? blockAround(group) : undefined;
    const enlarged = around !== undefined && around.prefix > range.prefix ? around : undefined;
    if (enlarged === undefined)
      for (const allocation of group)
        segments.push({ ...ends([allocation]), allocations: [allocation], enlarged: undefined, lane: 0 });
    else {
      segments.push({ ...ends(group), allocations: group, enlarged: enlarged.cidr, lane: 0 });
      further.push(...blocks(enlarged, range.cidr, group));
    }
  }
  return [{ range, within, segments: withFree(range, inLanes(segments)) }, ...further];
}

/** Small ranges close to each other are one group; a range large enough to be drawn is one by itself. */
function grouped(block: Range, allocations: readonly OwnedRange[]): OwnedRange[][] {
  const groups: OwnedRange[][] = [];
  for (const allocation of [...allocations].sort((a, b) => a.range.first - b.range.first)) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    const isNear =
      previous !== undefined &&
      (allocation.range.first - previous.range.last) / rangeSize(block) < MIN_SHARE &&
      [previous, allocation].every(({ range }) => share(range, block) < MIN_SHARE);
    if (group !== undefined && isNear) group.push(allocation);
    else groups.push([allocation]);
  }
  return groups;
}

/** The smallest block that contains the ranges; around one range it is wider. */
function blockAround(group: readonly OwnedRange[]): Range {
  const { first, last } = ends(group);
  let prefix = 32;
  const start = (): number => Math.floor(first / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
  while (prefix > 0 && start() + 2 ** (32 - prefix) - 1 < last) prefix--;
  if (group.length === 1) prefix = Math.max(0, prefix - SURROUNDING_BITS);
  return rangeFrom(start(), prefix);
}

function ends(group: readonly OwnedRange[]): { first: number; last: number } {
  return {
    first: Math.min(...group.map(({ range }) => range.first)),
    last: Math.max(...group.map(({ range }) => range.last)),
  };
}

function share(range: Range, block: Range): number {
  return rangeSize(range) / rangeSize(block);
}

function inLanes(segments: readonly Segment[]): Segment[] {
  const end: number[] = [];
  return segments.map((segment) => {
    const free = end.findIndex((last) => last < segment.first);
    const lane = free === -1 ? end.length : free;
    end[lane] = segment.last;
    return { ...segment, lane };
  });
}

function withFree(block: Range, segments: readonly Segment[]): Segment[] {
  const free: Segment[] = [];
  let next = block.first;
  const gap = (until: number): void => {
    if (until > next)
      free.push({ first: next, last: until - 1, allocations: [], enlarged: undefined, lane: 0 });
  };
  for (const { first, last } of segments) {
    gap(first);
    next = Math.max(next, last + 1);
  }
  gap(block.last + 1);
  return [...segments, ...free].sort((a, b) => a.first - b.first || a.lane - b.lane);
}

/** "10.1.0.16 – 10.1.7.255" */
export function formatSpan({ first, last }: Pick<Segment, "first" | "last">): string {
  return `${formatAddress(first)} – ${formatAddress(last)}`;
}
