import { describe, expect, test } from "@jest/globals";
import { applies, describeValidity, VersionRange } from "../../resources/versions.ts";

function range(constraint: string): VersionRange {
  const read = VersionRange.fromConstraint(constraint);
  if (read === undefined) throw new Error(`${constraint} was not understood`);
  return read;
}

describe("a version constraint is read as Terraform reads it", () => {
  test.each([
    ["6.50.0", "6.50.0", "6.50.1"],
    ["= 6.50", "6.50.0", "6.50.1"],
    ["!= 6.1.0", "6.1.1", "6.1.0"],
    ["> 6.1", "6.1.1", "6.1.0"],
    [">= 6.1", "6.1.0", "6.0.99"],
    [">=6", "8.0.0", "5.99.99"],
    ["< 7", "6.99.99", "7.0.0"],
    ["<= 6.1", "6.1.0", "6.1.1"],
    ["~> 6", "6.99.0", "7.0.0"],
    ["~> 6.4", "6.99.0", "7.0.0"],
    ["~> 6.4", "6.4.0", "6.3.9"],
    ["~>6.4.1", "6.4.9", "6.5.0"],
    [">= 4.0, != 5.2.0, < 6", "5.1.9", "5.2.0"],
    [">= 4.0,<6", "4.0.0", "6.0.0"],
    ["= 6.0.0-beta1", "6.0.0", "6.0.1"],
  ])("%s allows %s and not %s", (constraint, allowed, refused) => {
    expect(range(constraint).allows(allowed)).toBe(true);
    expect(range(constraint).allows(refused)).toBe(false);
  });

  test.each(["latest", "6.x", "=> 6", "v6.0", "^6.0", ">= 5.0 < 7", "6.0.0.1"])(
    "%s is no constraint",
    (text) => {
      expect(VersionRange.fromConstraint(text)).toBeUndefined();
    },
  );

  test.each(["8,", ",8", "7,,8", ">= 7, ", "~>  8.0", ">= 7,<  9", "8.0\u00a0", "~>\u00a08.0"])(
    "%j is none either, for a comma, blank or space too much: Terraform refuses it at init",
    (text) => {
      expect(VersionRange.fromConstraint(text)).toBeUndefined();
    },
  );

  test.each([" 8.0 ", ">= 7.0 ,  < 9", "~>8.0", ">= 7.0\n,< 9"])(
    "%j is one, with the blanks that it has",
    (text) => {
      expect(VersionRange.fromConstraint(text)).toBeDefined();
    },
  );

  test("constraints that contradict each other allow no version", () => {
    expect(range("~> 5.0").intersection(range(">= 6.0")).isEmpty).toBe(true);
    expect(range("~> 5.0, >= 6.0").toString()).toBe("no version");
  });
});

describe("a fact holds in all, some or none of the versions", () => {
  test.each([
    ["~> 6.0", "all"],
    [">= 7.99", "some"],
    [">= 5.0", "some"],
    ["~> 5.0", "none"],
    [">= 6.0, < 8.0", "all"],
    [">= 8.0", "none"],
    ["6.50.0", "all"],
    ["!= 7.0.0", "some"],
  ])("since 6.0.0 until 8.0.0 under %s: %s", (constraint, expected) => {
    expect(applies({ since: "6.0.0", until: "8.0.0" }, range(constraint))).toBe(expected);
  });

  test("a fact without versions holds in all", () => {
    expect(applies({}, range(">= 4.0, != 5.2.0"))).toBe("all");
  });
});

test("ranges are described in words", () => {
  expect(describeValidity({ since: "6.0.0" })).toBe("from 6.0.0 on");
  expect(describeValidity({ until: "8.0" })).toBe("before 8.0.0");
  expect(describeValidity({ since: "6.0.0", until: "8.0.0" })).toBe("from 6.0.0 until 8.0.0");
  expect(describeValidity({})).toBe("in every version");
  expect(range("!= 7.0.0").toString()).toBe("before 7.0.0 or from 7.0.1 on");
  expect(range("6.50").toString()).toBe("6.50.0");
});
