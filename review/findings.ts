import { type LocatedFinding, runRules } from "../rules/run.ts";
import { applyWaivers } from "../rules/waivers.ts";
import type { ReviewContext } from "./context.ts";
import type { DestructiveChange, Review, ReviewedEnvironment, ReviewedFinding } from "./review.ts";

/** Rules that the destructive changes replace: those ask for an acknowledgement. */
const GUARDED: Readonly<Record<string, DestructiveChange["action"]>> = {
  "data/replacement": "replace",
  "data/restart": "update",
  "data/protected-removal": "destroy",
};

/**
 * Findings of the rule book after the plans are applied. A finding is new where the same rule reports nothing for that
 * address now.
 */
export function reviewFindings(
  context: ReviewContext,
  destructive: readonly DestructiveChange[],
  { waivers }: ReviewedEnvironment,
  today: string,
): Pick<Review, "findings" | "waived"> {
  const existing = new Set(runRules(context.before).map(keyOf));
  const all = runRules(context.after).filter((finding) => !isGuarded(finding, destructive));
  const { findings, waived } = applyWaivers(all, waivers, today);
  return {
    findings: findings.map(
      ({ origin: _, ...finding }): ReviewedFinding => ({
        ...finding,
        since: existing.has(keyOf(finding)) ? "existing" : "new",
      }),
    ),
    waived,
  };
}

function keyOf({ rule, address, severity }: Pick<LocatedFinding, "rule" | "address" | "severity">): string {
  return JSON.stringify([rule, address, severity]);
}

function isGuarded({ rule, address }: LocatedFinding, destructive: readonly DestructiveChange[]): boolean {
  return destructive.some((each) => each.address === address && each.action === GUARDED[rule]);
}
