import {
  type Decision,
  inPhase,
  judged,
  proceed,
  type ReconcileContext,
  requeue,
  resultOf,
} from "../decision.ts";
import { stepsOf } from "../ledger.ts";
import { percentOf, rollBack } from "../rollback.ts";
import { asksFor, declared } from "../split.ts";
import { moved } from "../stops.ts";
import { promote } from "./promote.ts";
import { otherTemplate, splitOf, take } from "./shift.ts";

/** A service that was just created has all the traffic already; it soaks before it becomes stable. */
export function watchFirst(context: ReconcileContext): Decision {
  const { progress, rollout, now } = context;
  const split = declared(null);
  const ledger = inPhase(context, "soaking", {
    verdicts: progress.verdicts,
    step: stepsOf(rollout, progress).length - 1,
    intent: { before: split, after: split, at: now, written: true },
    confirmedAt: now,
  });
  return proceed(ledger, "in effect since it was created");
}

/** Soaks a step. Missing data never passes: what stays inconclusive until the deadline is rolled back. */
export function soaking(context: ReconcileContext): Decision {
  const { service, progress, observed, ledger, now, settings, rollout } = context;
  const split = splitOf(context);
  const { candidate, confirmedAt } = progress;
  if (observed === null || candidate === null || confirmedAt === null) return moved(context, split);
  if (!asksFor(split, observed.asked)) return moved(context, split);
  const revision = observed.revisions[candidate];
  if (revision?.ready !== true)
    return rollBack(
      context,
      "breach",
      `${candidate} is ${revision === undefined ? "deleted" : "not ready any more"}`,
    );
  if (observed.latestCreated !== candidate) return otherTemplate(context, observed);
  const percent = percentOf(context);
  const result = resultOf(context, "soak");
  if (result === null || result.candidate !== candidate || result.percent !== percent)
    return {
      ledger,
      action: { kind: "measure", service, candidate, stable: progress.from, percent, since: confirmedAt },
    };
  if (result.verdict === "breach") return rollBack(context, "breach", result.why);
  const honest = confirmedAt + settings.soak + settings.lag;
  if (now >= honest && result.verdict === "pass") {
    const passed = {
      ...context,
      progress: { ...progress, ...judged(context, "soak", "passed", result.why, percent) },
    };
    return progress.step + 1 < stepsOf(rollout, progress).length
      ? take(passed, progress.step + 1, observed)
      : promote(passed, observed);
  }
  // A process that takes over gets time to measure.
  if (now >= Math.max(honest, progress.since) + settings.inconclusive)
    return rollBack(context, "inconclusive", `too few samples until the deadline: ${result.why}`);
  return requeue(context, result.why);
}
