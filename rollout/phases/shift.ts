import { type Decision, inPhase, proceed, type ReconcileContext, requeue, resultOf } from "../decision.ts";
import { type Split, stepsOf } from "../ledger.ts";
import type { ObservedService } from "../observed.ts";
import { markWritten, percentOf, rollBack } from "../rollback.ts";
import { asksFor, declared, serves } from "../split.ts";
import { moved } from "../stops.ts";

/** Starts a step: the intent goes into the ledger, then the traffic is written. */
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

/** Until the split has taken effect, not only been requested: the soak starts then. */
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
      return proceed(inPhase(context, "soaking", change), `${service}: ${intent.after.percent} % in effect`);
    }
    if (!late) return requeue(written, `${service}: ${intent.after.percent} % requested, not yet in effect`);
    return rollBack(written, "breach", `${intent.after.percent} % did not take effect ${within}`);
  }
  if (!asksFor(intent.before, observed.asked)) return moved(context, intent.after);
  if (intent.written || resultOf(context, "write")?.outcome === "written") {
    // Either Cloud Run's response is stale, or somebody restored the previous split.
    if (!late)
      return requeue(markWritten(context), `${service}: ${intent.after.percent} % written, not yet visible`);
    return moved(context, intent.after);
  }
  if (observed.latestCreated !== progress.candidate) return otherTemplate(context, observed);
  if (late) return rollBack(context, "inconclusive", `the traffic could not be written ${within}`);
  return {
    ledger: context.ledger,
    action: { kind: "shift", service, etag: observed.etag, split: intent.after },
  };
}

/** Another template was deployed: the split is still ours, but the soak ends here, so it is rolled back. */
export function otherTemplate(context: ReconcileContext, { latestCreated }: ObservedService): Decision {
  const why = `somebody else deployed ${context.service} (${latestCreated}): this rollout stops`;
  return rollBack(context, "external change", why);
}

/** The split of the current step. */
export function splitOf(context: ReconcileContext): Split {
  const { progress } = context;
  if (progress.from === null) return declared(null);
  return { stable: progress.from, candidate: progress.candidate, percent: percentOf(context) };
}
