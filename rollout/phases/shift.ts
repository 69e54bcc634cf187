import { type Decision, inPhase, proceed, type ReconcileContext, requeue, resultOf } from "../decision.ts";
import { type Split, stepsOf } from "../ledger.ts";
import type { ObservedService } from "../observed.ts";
import { markWritten, percentOf, rollBack } from "../rollback.ts";
import { asksFor, declared, serves } from "../split.ts";
import { moved } from "../stops.ts";

/** Begins a step: the intent goes into the ledger, then the traffic is written. */
export function take(context: ReconcileContext, step: number, observed: ObservedService): Decision {
  const { progress, service, rollout, now } = context;
  const before: Split = progress.step < 0 ? declared(progress.from) : splitOf(context);
  const after: Split = {
    stable: progress.from,
    candidate: progress.candidate,
    percent: stepsOf(rollout, progress)[step] ?? 100,
  };
  const ledger = inPhase(context, "shifting", {
    verdicts: progress.verdicts,
    step,
    confirmedAt: null,
    intent: { before, after, at: now, written: false },
  });
  return { ledger, action: { kind: "shift", service, etag: observed.etag, split: after } };
}

/** Until the split is in force, not only asked for: the soak's clock starts then. */
export function shifting(context: ReconcileContext): Decision {
  const { service, progress, observed, now, settings } = context;
  const { intent } = progress;
  if (intent === null || observed === null) return moved(context, declared(progress.from));
  const late = now >= intent.at + settings.effective;
  const within = `within ${Math.round(settings.effective / 1000)} s`;
  if (asksFor(intent.after, observed.asked)) {
    const written = markWritten(context);
    if (observed.latestCreated !== progress.candidate) return otherTemplate(written, observed);
    if (serves(intent.after, observed.serving, observed.latestReady)) {
      const change = { intent: { ...intent, written: true }, confirmedAt: now };
      return proceed(inPhase(context, "soaking", change), `${service}: ${intent.after.percent} % in force`);
    }
    if (!late) return requeue(written, `${service}: ${intent.after.percent} % asked for, not yet in force`);
    return rollBack(written, "breach", `${intent.after.percent} % was not in force ${within}`);
  }
  if (!asksFor(intent.before, observed.asked)) return moved(context, intent.after);
  if (intent.written || resultOf(context, "write")?.outcome === "written") {
    // Either the answer of Cloud Run is stale, or somebody made it as it was before.
    if (!late)
      return requeue(markWritten(context), `${service}: ${intent.after.percent} % written, not yet seen`);
    return moved(context, intent.after);
  }
  if (observed.latestCreated !== progress.candidate) return otherTemplate(context, observed);
  if (late) return rollBack(context, "inconclusive", `the traffic could not be written ${within}`);
  return {
    ledger: context.ledger,
    action: { kind: "shift", service, etag: observed.etag, split: intent.after },
  };
}

/** Somebody else's template: the split is still ours, and the watch over it ends here, so it goes back. */
export function otherTemplate(context: ReconcileContext, { latestCreated }: ObservedService): Decision {
  const why = `somebody else deployed ${context.service} (${latestCreated}): this rollout does not go on`;
  return rollBack(context, "external change", why);
}

/** The split of the step that is watched. */
export function splitOf(context: ReconcileContext): Split {
  const { progress } = context;
  if (progress.from === null) return declared(null);
  return { stable: progress.from, candidate: progress.candidate, percent: percentOf(context) };
}
