import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { spread } from "../../page/spread.ts";

test("labels with room stay where they are wanted", () => {
  expect(spread([0.2, 0.5, 0.8], 0.1)).toEqual([0.2, 0.5, 0.8]);
});

test("labels without room keep their order, do not overlap, and stay within the bar", () => {
  const some = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
  fc.assert(
    fc.property(some, (centers) => {
      const width = 1 / 25;
      const placed = spread(centers.toSorted(), width);
      for (const [index, center] of placed.entries()) {
        expect(center).toBeLessThanOrEqual(1 - width / 2 + 1e-9);
        expect(center - (placed[index - 1] ?? -width / 2)).toBeGreaterThanOrEqual(width - 1e-9);
      }
    }),
  );
});
