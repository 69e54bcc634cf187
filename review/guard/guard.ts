import type { PlannedChange } from "../plan/planned-change.ts";
import type { AcknowledgedAction, Acknowledgement, DestructiveChange, GuardOutcome } from "../review.ts";
import type { Surroundings } from "../surroundings.ts";
import { covering, needless } from "./acknowledged.ts";
import type { Destruction } from "./destruction.ts";
import { losses } from "./losses.ts";

/** Judges every change; a resource may be there more than once, for a deposed object beside it. */
export function destructions(around: Surroundings): Destruction[] {
  const found = new Map<string, { change: PlannedChange; action: AcknowledgedAction; losses: string[] }>();
  for (const change of around.changes) {
    for (const loss of losses) {
      if (loss.types !== "all" && !loss.types.includes(change.type)) continue;
      const sentence = loss.find(change, around);
      if (sentence === undefined) continue;
      const key = JSON.stringify([change.stack, change.address, loss.action]);
      const known = found.get(key) ?? { change, action: loss.action, losses: [] };
      if (!known.losses.includes(sentence)) known.losses.push(sentence);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ change: { stack, address }, action, losses }) => ({
    stack,
    address,
    action,
    losses,
  }));
}

/** @param today YYYY-MM-DD */
export function guard(
  destructive: readonly Destruction[],
  acknowledgements: readonly Acknowledgement[],
  today: string,
): GuardOutcome {
  return {
    destructive: destructive.map((destruction): DestructiveChange => {
      const { acknowledgement, notCoveredBecause } = covering(
        destruction,
        destructive,
        acknowledgements,
        today,
      );
      return { ...destruction, acknowledgement, notCoveredBecause };
    }),
    needless: needless(destructive, acknowledgements, today),
  };
}
