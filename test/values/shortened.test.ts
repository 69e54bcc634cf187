import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { shortened } from "../../values/shortened.ts";

test("a name that is short enough stays as it is", () => {
  expect(shortened("a".repeat(40), 40)).toBe("a".repeat(40));
});

test("a longer one keeps its beginning and ends in a hash, without two hyphens in a row", () => {
  expect(shortened("staging-connector-to-database-reports-socket", 40)).toMatch(
    /^staging-connector-to-database-r-[0-9a-f]{8}$/,
  );
  expect(shortened(`staging-${"a".repeat(22)}-to-database`, 40)).toMatch(/[a-z0-9]-[0-9a-f]{8}$/);
});

test("two names that begin alike stay two, within the limit", () => {
  const text = fc.stringMatching(/^[a-z]{50,60}$/);
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, other] = [a, b].map((end) => shortened(`staging-connector-to-database-${end}`, 40));
      expect(one?.length).toBeLessThanOrEqual(40);
      expect(one === other).toBe(a === b);
    }),
  );
});
