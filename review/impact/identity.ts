import { MEMBER } from "../destructive/deletions.ts";
import { valueText } from "../plan/compare.ts";
import type { PlannedChange } from "../plan/planned-change.ts";

/** google_*_iam_member: who may do what from now on, or no longer. */
export function describeMember(change: PlannedChange): readonly string[] | undefined {
  if (!MEMBER.test(change.type)) return undefined;
  const grant = (block: PlannedChange["before"]): string =>
    `${valueText(block.get("member"))} ${valueText(block.get("role"))}`;
  const [was, now] = [change.before, change.after].map((block) => [
    valueText(block.get("member")),
    valueText(block.get("role")),
  ]);
  if (change.action === "create") return [`${now?.[0]} gets ${now?.[1]}.`];
  if (change.action === "destroy") return [`${was?.[0]} loses ${was?.[1]}.`];
  if (change.action !== "replace") return [];
  return [`${grant(change.before)} becomes ${grant(change.after)}; for some seconds neither is granted.`];
}
