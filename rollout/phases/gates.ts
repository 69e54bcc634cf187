import { blockedTemplate } from "../blocked-templates.ts";
import {
  type Decision,
  inPhase,
  judged,
  proceed,
  type ReconcileContext,
  requeue,
  resultOf,
} from "../decision.ts";
import type { ObservedService } from "../observed.ts";
import { CANDIDATE_TAG } from "../observed.ts";
import { asksFor, declared, splitText } from "../split.ts";
import { fail, leave } from "../stops.ts";
import { take } from "./shift.ts";
import { watchFirst } from "./soak.ts";

/**
 * Gate 0: a second apply of a revision that never became ready reports "no changes", and the tag on the newest *ready*
 * revision is then still on the old one. Only the state in Cloud Run counts.
 */
export function identity(context: ReconcileContext): Decision {
  const { service, progress, observed, now, settings } = context;
  if (observed === null) return leave(context, `${service} does not exist after its apply`);
  const disturbed = elsewhere(context, observed);
  if (disturbed !== null) return leave(context, disturbed);
  const latest = observed.latestCreated;
  const revision = latest === null ? undefined : observed.revisions[latest];
  const refuse = (why: string): Decision =>
    fail(
      { ...context, progress: { ...progress, ...judged(context, "identity", "failed", why) } },
      "gate",
      why,
      true,
    );
  if (observed.terminal === "failed" && !observed.reconciling)
    return refuse(`${latest ?? service} did not become ready: ${observed.message}`);
  const missing = unsettled(observed, progress.from === null);
  if (missing !== null) {
    if (now < progress.since + settings.ready) return requeue(context, missing);
    return refuse(`${missing}, ${Math.round(settings.ready / 1000)} s after the apply`);
  }
  if (latest === null || revision === undefined) return refuse(`${service} has no revision`);
  if (latest === progress.from) {
    const why = "nothing to roll out";
    return proceed(
      inPhase(context, "unchanged", { ...judged(context, "identity", "passed", why), why }),
      why,
    );
  }
  if (digest(revision.image) !== digest(progress.image))
    return refuse(`${latest} runs ${revision.image} instead of the planned ${progress.image}`);
  const blocked = blockedTemplate(context, revision.template);
  if (blocked !== undefined)
    return refuse(
      `${latest} has the template of ${blocked.revision}, which was rolled back (${blocked.why}); change it, or add --again`,
    );
  const why = `${latest} is ready and tagged, with the planned image`;
  const ledger = inPhase(context, "gate", {
    candidate: latest,
    template: revision.template,
    ...judged(context, "identity", "passed", why),
  });
  return proceed(ledger, why);
}

/** Gate 1: contract and WebSocket on the tag URL, from inside the network. */
export function gate(context: ReconcileContext): Decision {
  const { service, progress, observed, ledger, now, settings } = context;
  if (observed === null || progress.candidate === null)
    return leave(context, `${service} does not exist any more`);
  const disturbed = elsewhere(context, observed);
  if (disturbed !== null) return leave(context, disturbed);
  if (observed.latestCreated !== progress.candidate)
    return leave(
      context,
      `somebody else deployed ${service} (${observed.latestCreated}): this rollout stops`,
    );
  const result = resultOf(context, "gate");
  if (result === null || result.candidate !== progress.candidate)
    return {
      ledger,
      action: { kind: "gate", service, candidate: progress.candidate, stable: progress.from },
    };
  const after = (verdict: "passed" | "failed" | "inconclusive"): ReconcileContext => ({
    ...context,
    progress: { ...progress, ...judged(context, "gate", verdict, result.why) },
  });
  if (result.verdict === "failed") return fail(after("failed"), "gate", result.why, true);
  if (result.verdict === "inconclusive") {
    if (now < progress.since + settings.inconclusive) return requeue(context, result.why);
    return fail(after("inconclusive"), "gate", `the gate could not be evaluated: ${result.why}`, false);
  }
  const passed = after("passed");
  return progress.from === null ? watchFirst(passed) : take(passed, 0, observed);
}

/** External change of the traffic before the first step. */
function elsewhere({ service, progress }: ReconcileContext, { asked }: ObservedService): string | null {
  if (asksFor(declared(progress.from), asked)) return null;
  return `the traffic of ${service} was changed externally (${splitText(asked)}): left unchanged`;
}

/** What is not ready yet, or null. */
function unsettled(observed: ObservedService, first: boolean): string | null {
  const { service, reconciling, terminal, latestCreated, latestReady, serving, revisions } = observed;
  if (reconciling || terminal !== "succeeded") return `${service} is still reconciling`;
  if (latestCreated === null || latestReady !== latestCreated || revisions[latestCreated]?.ready !== true)
    return `${latestCreated ?? service} is not ready`;
  const tagged = serving.find((target) =>
    first ? target.percent === 100 : target.tag === CANDIDATE_TAG,
  )?.revision;
  if (tagged !== latestCreated)
    return `the tag "${CANDIDATE_TAG}" is on ${tagged ?? "no revision"}, not on ${latestCreated}`;
  return null;
}

/** A registry may have more than one name; the digest identifies the image. */
function digest(image: string): string {
  return image.slice(image.lastIndexOf("@") + 1);
}
