import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import LongestFirst from "./longest-first.cjs";

const TESTS = path.join(import.meta.dirname, "..");

/** Jest's, of one project. */
let context: { readonly config: { readonly cacheDirectory: string } };
beforeEach(() => {
  const cacheDirectory = mkdtempSync(path.join(os.tmpdir(), "order-"));
  context = Object.assign(
    { hasteFS: { getSize: () => 1 } },
    { config: { cache: true, haste: {}, id: "order", cacheDirectory } },
  );
});
afterEach(() => rmSync(context.config.cacheDirectory, { recursive: true }));

/** The order of these tests. */
const order = (...tests: readonly string[]): string[] => {
  const given = tests.map(asJestHasIt);
  return sequencer()
    .sort(given)
    .map((one) => path.relative(TESTS, one.path));
};
const sequencer = () => new LongestFirst({ contexts: [], globalConfig: {} });
const asJestHasIt = (name: string) => ({ path: path.join(TESTS, name), context });

test("the tests that are known to take long are there", () => {
  expect(LongestFirst.LONGEST.filter((file) => !existsSync(file))).toEqual([]);
  expect(new Set(LongestFirst.LONGEST).size).toBe(LongestFirst.LONGEST.length);
});

const [FAST, SLOW, LONG, LONGEST] = [
  "values/near-miss.test.ts",
  "commands/help.test.ts",
  "stacks/output.test.ts",
  "package/package.test.ts",
] as const;

test("what is known to take long comes first, then what starts processes, then the fast lane", () => {
  expect(order(FAST, LONG, SLOW, LONGEST)).toEqual([LONGEST, LONG, SLOW, FAST]);
});

test("what took longest in the last run comes first where that is known", () => {
  const tests = [LONGEST, FAST].map(asJestHasIt);
  const testResults = tests.map((one, index) => ({
    testFilePath: one.path,
    perfStats: { runtime: index },
    numFailingTests: 0,
  }));
  sequencer().cacheResults(tests, { testResults });
  expect(order(LONGEST, FAST)).toEqual([FAST, LONGEST]);
});
