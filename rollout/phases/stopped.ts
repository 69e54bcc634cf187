import { type Decision, inPhase, proceed, type ReconcileContext, requeue, withRecord } from "../decision.ts";
import { markWritten, rollBack, rollingBack } from "../rollback.ts";
import { asksFor, declared, serves, splitText } from "../split.ts";
import { fail, leave, restoreStable } from "../stops.ts";

/** The rollout stops: the current service is rolled back, and promoted ones are reverted, the last one first. */
export function stopped(context: ReconcileContext): Decision {
  const { progress, observed, rollout, service } = context;
  const reason = rollout.stop?.reason ?? "abort";
  const why = rollout.stop?.why ?? "the rollout was stopped";
  switch (progress.phase) {
    case "rolling back":
      return rollingBack(context);
    case "reverting":
      return reverting(context);
    case "promoted":
      return revert(context);
    case "promoting":
    case "proving":
      return proceed(inPhase(context, "promoted"), `${service} was promoted already`);
    case "shifting":
    case "soaking":
      if (progress.from === null) return fail(context, reason, why, false);
      if (observed !== null && isMeant(context)) return rollBack(context, reason, why);
      return leave(context, `the traffic of ${service} was changed externally: left unchanged`);
    default:
      return fail(context, reason, why, false);
  }
}

function isMeant({ progress, observed }: ReconcileContext): boolean {
  const { intent } = progress;
  if (observed === null || intent === null) return false;
  return [intent.before, intent.after, declared(progress.from)].some((split) =>
    asksFor(split, observed.asked),
  );
}

/** Reverts a promoted service to the revision from before the rollout. Its template is not blocklisted. */
function revert(context: ReconcileContext): Decision {
  const { progress, observed, service, now } = context;
  const { from, candidate, fromImage } = progress;
  if (observed === null || candidate === null || from === null)
    return leave(context, `${service} does not exist any more`);
  if (asksFor(declared(from), observed.asked))
    return proceed(
      restoreStable(inPhase(context, "reverted", { why: "already reverted externally" }), service, progress),
      `${service} was already reverted`,
    );
  if (!asksFor(declared(candidate), observed.asked))
    return leave(
      context,
      `the traffic of ${service} was changed externally (${splitText(observed.asked)}): left unchanged`,
    );
  if (observed.revisions[from] === undefined) {
    const why = `${from} no longer exists: ${candidate}, which passed every step, keeps the traffic`;
    return proceed(inPhase(context, "rollback failed", { why }), why);
  }
  const blocked = context.ledger.services[service]?.blocked ?? [];
  const intent = { before: declared(candidate), after: declared(from), at: now, written: false };
  const why = "reverted with the rollout";
  return {
    ledger: withRecord(inPhase(context, "reverting", { intent, why }), service, {
      stable: from,
      image: fromImage,
      blocked,
    }),
    action: { kind: "shift", service, etag: observed.etag, split: declared(from) },
  };
}

function reverting(context: ReconcileContext): Decision {
  const { progress, observed, service, ledger } = context;
  const { intent } = progress;
  if (observed === null || intent === null) return leave(context, `${service} does not exist any more`);
  const { asked, serving, latestReady, etag } = observed;
  if (asksFor(intent.after, asked)) {
    if (!serves(intent.after, serving, latestReady))
      return requeue(
        markWritten(context),
        `${service} is being rolled back to ${intent.after.stable}, not yet in effect`,
      );
    return proceed(
      inPhase(context, "reverted", { intent: { ...intent, written: true } }),
      `${service} is reverted`,
    );
  }
  if (intent.written || !asksFor(intent.before, asked))
    return leave(
      context,
      `the traffic of ${service} was changed externally (${splitText(asked)}): left unchanged`,
    );
  return { ledger, action: { kind: "shift", service, etag, split: intent.after } };
}
