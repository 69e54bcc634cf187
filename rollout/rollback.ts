import { block } from "./blocked-templates.ts";
import {
  changed,
  type Decision,
  inPhase,
  judged,
  proceed,
  type ReconcileContext,
  requeue,
  stopFor,
  withRecord,
  withStop,
} from "./decision.ts";
import { type Intent, type Ledger, type ServiceRollout, type StopReason, stepsOf } from "./ledger.ts";
import type { ObservedService } from "./observed.ts";
import { asksFor, declared, serves, shares, splitText } from "./split.ts";
import { leave } from "./stops.ts";

/** Reasons that do not blocklist the template. */
const BLAMELESS = new Set<StopReason>(["lease", "external change"]);

/**
 * Rolls back to stable: the traffic is written first, the ledger afterwards. Where stable no longer exists, to the revision
 * before it; without that one either, a person is needed.
 */
export function rollBack(context: ReconcileContext, reason: StopReason, why: string): Decision {
  const { progress, observed, rollout, now } = context;
  const stop = rollout.stop ?? stopFor(context, reason, why);
  const target = observed === null ? null : rollbackTarget(context, observed);
  const verdicts =
    progress.phase === "soaking" && (reason === "breach" || reason === "inconclusive")
      ? judged(context, "soak", reason === "breach" ? "failed" : "inconclusive", why, percentOf(context))
      : {};
  if (observed === null || target === null) {
    const stuck = `${why}; ${progress.from === null ? "it was just created" : `${progress.from} no longer exists`}: there is no revision to roll back to`;
    const ledger = withStop(inPhase(context, "rollback failed", { ...verdicts, why: stuck }), stop);
    return proceed(block(ledger, context, progress.candidate, progress.template, why), stuck);
  }
  const after = declared(target);
  const before = progress.intent?.after ?? after;
  const ledger = withStop(
    inPhase(context, "rolling back", {
      ...verdicts,
      why,
      intent: { before, after, at: now, written: false },
    }),
    stop,
  );
  return {
    ledger,
    action: { kind: "rollback", service: context.service, etag: observed.etag, split: after, stop },
  };
}

/** Until stable has all the traffic again. Without a deadline: a failed write is retried until it succeeds. */
export function rollingBack(context: ReconcileContext): Decision {
  const { progress, observed, service, rollout } = context;
  const { intent } = progress;
  if (observed === null || intent === null) return leave(context, `${service} does not exist any more`);
  const why = rollout.stop?.why ?? progress.why ?? "rolled back";
  if (asksFor(intent.after, observed.asked)) {
    if (!serves(intent.after, observed.serving, observed.latestReady))
      return requeue(
        markWritten(context),
        `${service} is being rolled back to ${intent.after.stable}, not yet in effect`,
      );
    const ledger = landed(context, intent);
    const blame = rollout.stop === undefined || !BLAMELESS.has(rollout.stop.reason);
    return proceed(blame ? block(ledger, context, progress.candidate, progress.template, why) : ledger, why);
  }
  if (intent.written || !isOurs(progress, observed))
    return leave(
      context,
      `the traffic of ${service} was changed externally during the rollback (${splitText(observed.asked)}): left unchanged`,
    );
  const stop = rollout.stop ?? stopFor(context, "breach", why);
  return {
    ledger: context.ledger,
    action: { kind: "rollback", service, etag: observed.etag, split: intent.after, stop },
  };
}

/** The ledger after the rollback; where stable no longer existed, the revision before it is stable now. */
function landed(context: ReconcileContext, intent: Intent): Ledger {
  const { service } = context;
  const ledger = inPhase(context, "rolled back", { intent: { ...intent, written: true } });
  const record = ledger.services[service];
  const target = intent.after.stable;
  if (record?.previous === undefined || record.previous.revision !== target || record.stable === target)
    return ledger;
  const { image } = record.previous;
  return withRecord(ledger, service, { stable: target, image, blocked: record.blocked });
}

/** Whether only stable and the candidate have traffic. */
export function isOurs({ from, candidate }: ServiceRollout, { asked }: ObservedService): boolean {
  return [...shares(asked).keys()].every((revision) => revision === from || revision === candidate);
}

/** The context with the intent marked as written: a different split from now on is an external change. */
export function markWritten(context: ReconcileContext): ReconcileContext {
  const { intent } = context.progress;
  if (intent === null || intent.written) return context;
  const change = { intent: { ...intent, written: true } };
  const ledger: Ledger = changed(context.ledger, context.service, change);
  return { ...context, ledger, progress: { ...context.progress, ...change } };
}

/** The candidate's percent in the current step. */
export function percentOf({ progress, rollout }: ReconcileContext): number {
  return stepsOf(rollout, progress)[progress.step] ?? 100;
}

function rollbackTarget(
  { progress, ledger, service }: ReconcileContext,
  { revisions }: ObservedService,
): string | null {
  const previous = ledger.services[service]?.previous?.revision ?? null;
  const there = (revision: string | null): revision is string =>
    revision !== null && revisions[revision] !== undefined;
  if (progress.from === null) return null;
  return [progress.from, previous].find(there) ?? null;
}
