import { MEMBER } from "../destructive/deletions.ts";
import { words } from "../plan/compare.ts";
import type { PlannedChange } from "../plan/planned-change.ts";

/** google_*_iam_member: who may do what from now on, or no longer. */
export function describeMember(change: PlannedChange): readonly string[] | undefined {
  if (!MEMBER.test(change.type)) return undefined;
  const grant = (block: PlannedChange["before"]): string =>
    `${words(block.get("member"))} ${words(block.get("role"))}`;
  const [was, now] = [change.before, change.after].map((block) => [
    words(block.get("member")),
    words(block.get("role")),
  ]);
  if (change.action === "create") return [`${now?.[0]} gets ${now?.[1]}.`];
  if (change.action === "destroy") return [`${was?.[0]} loses ${was?.[1]}.`];
  if (change.action !== "replace") return [];
  return [
    `${grant(change.before)} becomes ${grant(change.after)}; in between there are seconds without either.`,
  ];
}
