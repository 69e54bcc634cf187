import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { reviewDocument } from "../../review/guard/document.ts";
import { harmless } from "../../review/guard/removal/harmless.ts";
import { removals } from "../../review/guard/removals.ts";

test("docs/REVIEW.md is what the guard knows today (npm run docs writes it)", () => {
  expect(readFileSync("docs/REVIEW.md", "utf8")).toBe(reviewDocument());
});

test("no kind is on two lists", () => {
  const types = [...removals, ...harmless].flatMap((entry) => entry.types);
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
});

test("every kind that the project itself makes is on a list", () => {
  const known = new Set([...removals, ...harmless].flatMap((entry) => entry.types));
  const made = readFileSync("test/stacks/staging.addresses.txt", "utf8")
    .split("\n")
    .flatMap((line) => /: (google_\w+)\./.exec(line)?.[1] ?? []);
  const unknown = made.filter((type) => !known.has(type) && !/_iam_(member|binding|policy)$/.test(type));
  expect([...new Set(unknown)]).toEqual([]);
});
