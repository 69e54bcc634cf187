import { describe } from "@jest/globals";

/**
 * A describe that needs what is not on every machine: where something is missing it is skipped, with a line, and in CI it
 * fails.
 *
 * @param missing what is missing, each with how to get it
 */
export function describeUnless(missing: readonly string[], title: string, tests: () => void): void {
  if (missing.length === 0 || process.env.CI) {
    describe(title, tests);
    return;
  }
  process.stderr.write(`skipped: ${title}: ${missing.join("; ")}\n`);
  describe.skip(title, tests);
}
