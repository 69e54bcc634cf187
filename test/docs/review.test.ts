import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { resourceType } from "../../resources/index.ts";
import { reviewDocument } from "../../review/destructive/document.ts";

test("docs/REVIEW.md is what the guard knows today (npm run docs writes it)", () => {
  expect(readFileSync("docs/REVIEW.md", "utf8")).toBe(reviewDocument());
});

test("the catalogue says of every type that the project makes what its deletion loses", () => {
  const made = readFileSync("test/stacks/staging.addresses.txt", "utf8")
    .split("\n")
    .flatMap((line) => /: (google_\w+)\./.exec(line)?.[1] ?? []);
  const unknown = made.filter(
    (type) => resourceType(type)?.deleteImpact === undefined && !/_iam_(member|binding|policy)$/.test(type),
  );
  expect([...new Set(unknown)]).toEqual([]);
});
