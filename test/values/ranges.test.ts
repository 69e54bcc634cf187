import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Address4 } from "ip-address";
import {
  contains,
  containsAny,
  overlappingPairs,
  overlaps,
  parseRange,
  type Range,
  rangeFrom,
  rangeSize,
} from "../../values/ranges.ts";

const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]) =>
    rangeFrom(Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix), prefix),
  );

function parsed(cidr: string): Range {
  const range = parseRange(cidr);
  if (range === undefined) throw new Error(`${cidr} is no range`);
  return range;
}

describe("parseRange", () => {
  test("reads first and last address, size and prefix", () => {
    const range = parsed("10.1.0.0/28");
    expect([range.first, range.last, range.prefix]).toEqual([167837696, 167837711, 28]);
    expect(rangeSize(range)).toBe(16);
  });

  test("reads what ip-address reads", () => {
    const octet = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom("00", "01", "010"));
    const text = fc
      .tuple(
        octet,
        octet,
        octet,
        octet,
        fc.oneof(fc.integer({ min: 0, max: 40 }).map(String), fc.constant("08")),
      )
      .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`);
    fc.assert(
      fc.property(text, (cidr) => {
        const range = parseRange(cidr);
        expect(range !== undefined).toBe(Address4.isValid(cidr));
        if (range === undefined) return;
        const address = new Address4(cidr);
        expect(range).toEqual({
          cidr,
          first: Number(address.startAddress().bigInt()),
          last: Number(address.endAddress().bigInt()),
          prefix: address.subnetMask,
          hostBits: address.bigInt() !== address.startAddress().bigInt(),
          network: `${address.startAddress().correctForm()}/${address.subnetMask}`,
        });
      }),
      { numRuns: 300 },
    );
  });

  test("notices host bits and knows the network", () => {
    expect(parsed("10.1.0.5/28")).toMatchObject({ hostBits: true, network: "10.1.0.0/28" });
    expect(parsed("10.1.0.0/28").hostBits).toBe(false);
  });

  test.each([
    "10.1.0.0",
    "10.1.0/24",
    "10.1.0.0/33",
    "256.0.0.0/8",
    "fd00::/8",
    "",
    "10.1.0.0/28 ",
    undefined,
    28,
  ])("refuses %p", (cidr) => expect(parseRange(cidr)).toBeUndefined());

  test("reads back what it writes", () => {
    fc.assert(
      fc.property(anyRange, (range) =>
        expect(parseRange(range.cidr)).toMatchObject({
          first: range.first,
          last: range.last,
          hostBits: false,
        }),
      ),
    );
  });
});

describe("overlaps and contains", () => {
  test.each([
    ["10.0.0.0/24", "10.0.1.0/24", false, false],
    ["10.0.0.0/24", "10.0.0.128/25", true, true],
    ["10.0.0.0/24", "10.0.0.0/23", true, false],
    ["10.0.0.0/32", "10.0.0.0/32", true, true],
  ])("%s and %s", (a, b, overlapping, containing) => {
    expect(overlaps(parsed(a), parsed(b))).toBe(overlapping);
    expect(contains(parsed(a), parsed(b))).toBe(containing);
  });

  test("two CIDR ranges overlap exactly where one contains the other", () => {
    fc.assert(
      fc.property(anyRange, anyRange, (a, b) =>
        expect(overlaps(a, b)).toBe(contains(a, b) || contains(b, a)),
      ),
    );
  });
});

test("overlappingPairs finds what comparing each with each finds", () => {
  fc.assert(
    fc.property(fc.array(anyRange, { maxLength: 30 }), (ranges) => {
      const items = ranges.map((range, index) => ({ range, index }));
      const slow = items.flatMap((a) =>
        items.filter((b) => a.index < b.index && overlaps(a.range, b.range)).map((b) => [a.index, b.index]),
      );
      const fast = overlappingPairs(items, (item) => item.range).map(([a, b]) =>
        [a.index, b.index].sort((x, y) => x - y),
      );
      const sort = (pairs: number[][]): string[] => pairs.map(String).sort();
      expect(sort(fast)).toEqual(sort(slow));
    }),
  );
});

test("containsAny says what asking each range says", () => {
  fc.assert(
    fc.property(fc.array(anyRange, { maxLength: 20 }), anyRange, (outers, inner) => {
      expect(containsAny(outers)(inner)).toBe(outers.some((outer) => contains(outer, inner)));
    }),
  );
});
