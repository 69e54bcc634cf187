import { groupBy } from "../../analysis/lists.ts";
import type { ReviewContext } from "../context.ts";
import type { Acknowledgement, DestructiveChange, ReviewedDestruction } from "../review.ts";
import { covering } from "./acknowledged.ts";
import { hazards } from "./hazards/index.ts";

/** One entry per address and action: an address can occur twice, because of a deposed object. */
export function destructiveChanges(context: ReviewContext): DestructiveChange[] {
  const found = context.changes.flatMap((change) =>
    hazards.flatMap(({ types, action, find }) => {
      if (types !== "all" && !types.includes(change.type)) return [];
      const consequence = find(change, context);
      return consequence === undefined
        ? []
        : [{ stack: change.stack, address: change.address, action, consequence }];
    }),
  );
  const groups = groupBy(found, ({ stack, address, action }) => JSON.stringify([stack, address, action]));
  return [...groups.values()].flatMap((group) => {
    const consequences = [...new Set(group.map(({ consequence }) => consequence))];
    return group.slice(0, 1).map(({ stack, address, action }) => ({ stack, address, action, consequences }));
  });
}

/** @param today YYYY-MM-DD */
export function reviewedDestructions(
  changes: readonly DestructiveChange[],
  acknowledgements: readonly Acknowledgement[],
  today: string,
): ReviewedDestruction[] {
  return changes.map((change) => ({ ...change, ...covering(change, changes, acknowledgements, today) }));
}
