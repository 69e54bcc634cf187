import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";

const TEST = path.resolve(__dirname, "../..");

/**
 * What makes the verdict of a test depend on how fast the machine is: it reads a real clock to compare elapsed time,
 * pauses, or limits how long something measured took.
 */
const WALL_CLOCK: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["reads a clock", /\b(?:performance\.now|process\.hrtime(?:\.bigint)?|console\.time)\(/],
  ["compares elapsed time", /\bDate\.now\(\)\s*-|-\s*Date\.now\(\)/],
  ["pauses", /\b(?:setTimeout|setInterval)\(|node:timers\/promises/],
  ["pauses in a shell", /\bsleep \d/],
  [
    "limits a measured duration",
    /expect\([^)]*\b(?:seconds|milliseconds|elapsed|duration)\b[^)]*\)\.toBe(?:Less|Greater)/i,
  ],
];

/** jest.setTimeout limits how long a test may hang; nothing is concluded from less. */
const found = (text: string): string[] =>
  WALL_CLOCK.filter(([, pattern]) => pattern.test(text.replaceAll(/\bjest\.setTimeout\(/g, ""))).map(
    ([what]) => what,
  );

/** The helpers that hold and wait, and this test. */
const files = globSync("**/*.{ts,mjs,cjs}", { cwd: TEST }).filter(
  (file) => !file.startsWith(path.join("support", "time")) && !file.startsWith("fixtures"),
);

test("no test depends on the wall clock: hold time with test/support/time instead", () => {
  const offending = files.flatMap((file) =>
    found(readFileSync(path.join(TEST, file), "utf8")).map((what) => `${file} ${what}`),
  );
  expect(offending).toEqual([]);
});

test.each([
  ["const before = performance.now();", "reads a clock"],
  ["expect(Date.now() - before).toBeLessThan(1000);", "compares elapsed time"],
  ["await new Promise((resolve) => setTimeout(resolve, 50));", "pauses"],
  ["`touch begun; sleep 0.5`", "pauses in a shell"],
  ["expect(probed.seconds).toBeLessThan(40);", "limits a measured duration"],
])("%s is found", (text, what) => {
  expect(found(text)).toEqual([what]);
});

test.each(["jest.setTimeout(60_000);", "const now = Date.now();", "expect(fix.seconds).toBe(3);"])(
  "%s is no dependence on speed",
  (text) => {
    expect(found(text)).toEqual([]);
  },
);
