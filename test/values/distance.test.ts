import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { distance, nearestTo } from "../../values/nearest.ts";

/** The definition, without a shortcut. */
function edits(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const rest = edits(a.slice(1), b.slice(1));
  if (a[0] === b[0]) return rest;
  return 1 + Math.min(rest, edits(a.slice(1), b), edits(a, b.slice(1)));
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });

test("the distance is the fewest edits, with equal beginnings and ends too", () => {
  fc.assert(
    fc.property(word, word, word, word, (start, a, b, end) => {
      expect(distance(start + a + end, start + b + end)).toBe(edits(a, b));
    }),
  );
});

test("the nearest name is the first of those with the fewest edits", () => {
  fc.assert(
    fc.property(word, fc.array(word, { minLength: 1, maxLength: 6 }), (name, names) => {
      const fewest = Math.min(...names.map((other) => edits(name, other)));
      expect(nearestTo(name, names, (other) => other)).toBe(
        names.find((other) => edits(name, other) === fewest),
      );
    }),
  );
});
