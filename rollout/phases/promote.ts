import { unblock } from "../blocked-templates.ts";
import {
  type Decision,
  inPhase,
  judged,
  proceed,
  type ReconcileContext,
  requeue,
  resultOf,
  stopFor,
  withRecord,
  withStop,
} from "../decision.ts";
import type { ObservedService } from "../observed.ts";
import { markWritten } from "../rollback.ts";
import { asksFor, declared, isDeclaredForm, serves } from "../split.ts";
import { leave, moved } from "../stops.ts";

/** The candidate is stable from here on: an apply in between writes the same as this does. */
export function promote(context: ReconcileContext, observed: ObservedService): Decision {
  const { service, progress, ledger, now } = context;
  const { candidate, from, fromImage } = progress;
  if (candidate === null) return leave(context, `${service} has no candidate`);
  const before = progress.intent?.after ?? declared(from);
  const after = declared(candidate);
  const kept = ledger.services[service];
  const previous =
    from === null || fromImage === null ? {} : { previous: { revision: from, image: fromImage } };
  const record = { stable: candidate, image: progress.image, blocked: kept?.blocked ?? [], ...previous };
  const promoting = inPhase(context, "promoting", {
    verdicts: progress.verdicts,
    intent: { before, after, at: now, written: false },
  });
  return {
    ledger: unblock(withRecord(promoting, service, record), service, progress.template),
    action: { kind: "shift", service, etag: observed.etag, split: after },
  };
}

/** Until the traffic is in Terraform's form: stable by name, the tag on the newest revision. */
export function promoting(context: ReconcileContext): Decision {
  const { service, progress, observed, now, settings, ledger } = context;
  const { intent } = progress;
  if (intent === null || observed === null) return moved(context, declared(progress.candidate));
  const { asked, serving, latestReady, etag } = observed;
  const late = now >= intent.at + settings.effective;
  if (asksFor(intent.after, asked) && isDeclaredForm(asked)) {
    if (serves(intent.after, serving, latestReady))
      return proceed(
        inPhase(context, "proving", { intent: { ...intent, written: true } }),
        `${service} is promoted`,
      );
    if (!late) return requeue(markWritten(context), `${service}: not yet in effect`);
    return failProof(context, "Terraform's form of the traffic did not take effect");
  }
  if (!asksFor(intent.before, asked) && !asksFor(intent.after, asked)) return moved(context, intent.after);
  if (late) return failProof(context, "the traffic could not be written in Terraform's form");
  return { ledger, action: { kind: "shift", service, etag, split: intent.after } };
}

/** The plan with the new stable must be empty: otherwise the next apply would make a change that was never soaked. */
export function proving(context: ReconcileContext): Decision {
  const { service, progress, observed, ledger, now, settings } = context;
  const { candidate } = progress;
  if (candidate === null || observed === null) return moved(context, declared(candidate));
  if (!asksFor(declared(candidate), observed.asked)) return moved(context, declared(candidate));
  const result = resultOf(context, "proof");
  if (result === null) return { ledger, action: { kind: "prove", service, stable: candidate } };
  if (result.plan === "empty") {
    const why = `${candidate} is stable, and the plan is empty`;
    return proceed(
      inPhase(context, "promoted", judged(context, "proof", "passed", result.why)),
      `${service}: ${why}`,
    );
  }
  if (result.plan === "failed" && now < progress.since + settings.inconclusive)
    return requeue(context, result.why);
  return failProof(context, result.plan === "changes" ? `the plan is not empty: ${result.why}` : result.why);
}

/** It serves and passed its soak, but Terraform would change it: the rollout stops. */
function failProof(context: ReconcileContext, why: string): Decision {
  const message = `${why}; ${context.progress.candidate} passed every step and keeps the traffic`;
  const ledger = inPhase(context, "promoted", { ...judged(context, "proof", "failed", why), why: message });
  return proceed(withStop(ledger, stopFor(context, "proof", `${context.service}: ${message}`)), message);
}
