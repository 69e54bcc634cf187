import { type Category, categories, type Result } from "./check.ts";

export interface CategoryVerdict {
  readonly id: Category;
  readonly title: string;
  readonly critical: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** No check failed, and at least one passed: skipped checks prove nothing. */
  readonly holds: boolean;
}

export interface Verdict {
  readonly passed: boolean;
  /** Passed checks of all checks, the skipped ones among them. */
  readonly share: number;
  readonly required: number;
  readonly categories: readonly CategoryVerdict[];
  /** One sentence. */
  readonly why: string;
}

/**
 * Passes where enough checks passed and every critical category holds. A skipped check counts among all checks and not
 * among the passed ones: a check that did not run proves nothing.
 *
 * @param required share from 0 to 1 that must pass
 */
export function verdict(results: readonly Result[], required: number): Verdict {
  const judged = categories
    .map(({ id, title, critical }): CategoryVerdict => {
      const own = results.filter(({ category }) => category === id);
      const count = (status: Result["status"]): number =>
        own.filter((result) => result.status === status).length;
      const [passed, failed, skipped] = [count("passed"), count("failed"), count("skipped")];
      return { id, title, critical, passed, failed, skipped, holds: failed === 0 && passed > 0 };
    })
    .filter(({ passed, failed, skipped }) => passed + failed + skipped > 0);
  const passing = judged.reduce((sum, { passed }) => sum + passed, 0);
  const share = results.length === 0 ? 0 : passing / results.length;
  const broken = judged.filter(({ critical, holds }) => critical && !holds);
  const percentage = `${passing} of ${results.length} checks passed (${floored(share)} %, required ${floored(required)} %)`;
  const why =
    broken.length > 0
      ? `${percentage}; critical ${broken.length === 1 ? "category" : "categories"} not passed: ${broken.map(reason).join(", ")}.`
      : `${percentage}; every critical category passed.`;
  return { passed: share >= required && broken.length === 0, share, required, categories: judged, why };
}

function reason({ id, failed, skipped }: CategoryVerdict): string {
  return failed > 0 ? `${id} (${failed} failed)` : `${id} (${skipped} skipped, none passed)`;
}

/** Never rounded up to the bound: 79.9 % must not read 80 %. */
function floored(share: number): number {
  return Math.floor(share * 1000) / 10;
}
