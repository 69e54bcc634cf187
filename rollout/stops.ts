import { block } from "./blocked-templates.ts";
import {
  type Decision,
  inPhase,
  proceed,
  type ReconcileContext,
  resultOf,
  stopFor,
  withRecord,
  withStop,
} from "./decision.ts";
import type { Ledger, ServiceRollout, Split, StopReason } from "./ledger.ts";
import { asksFor, declared, splitText } from "./split.ts";

/**
 * Ends a service whose candidate never had traffic: no rollback is needed. A service that was just created serves
 * nevertheless.
 *
 * @param blocklisted whether to blocklist the newest template
 */
export function fail(context: ReconcileContext, reason: StopReason, why: string, blocked: boolean): Decision {
  const { progress, observed, rollout } = context;
  const latest = observed?.latestCreated ?? null;
  const created = progress.from === null && observed !== null;
  const ledger = withStop(
    inPhase(context, created ? "rollback failed" : "failed", {
      verdicts: progress.verdicts,
      why: created ? `${why}; it was just created, there is no revision to roll back to` : why,
    }),
    rollout.stop ?? stopFor(context, reason, why),
  );
  const template = latest === null ? null : (observed?.revisions[latest]?.template ?? null);
  const faulty = blocked && latest !== progress.from;
  return proceed(faulty ? block(ledger, context, latest, template, why) : ledger, why);
}

/** Ends the service and leaves an external change as it is. */
export function leave(context: ReconcileContext, why: string): Decision {
  return proceed(
    withStop(inPhase(context, "externally modified", { why }), stopFor(context, "external change", why)),
    why,
  );
}

/**
 * The traffic does not match the last intent. All traffic on stable is our own rollback where the previous process ended
 * between the write and the ledger; otherwise somebody else rolled back, which is left alone.
 */
export function moved(context: ReconcileContext, meant: Split): Decision {
  const { progress, observed, service, tookOver } = context;
  if (observed === null) return leave(context, `${service} does not exist any more`);
  const found = splitText(observed.asked);
  const stable = declared(progress.from);
  if (progress.from !== null && asksFor(stable, observed.asked)) {
    const own = resultOf(context, "write")?.stop;
    if (own !== undefined || tookOver) {
      const why = `${service} was found rolled back to ${progress.from}, and the reason was not recorded`;
      const stop = own ?? stopFor(context, "breach", why);
      const intent = { before: meant, after: stable, at: context.now, written: true };
      const ledger = withStop(inPhase(context, "rolling back", { intent, why: stop.why }), stop);
      return proceed(restoreStable(ledger, service, progress), stop.why);
    }
    const why = `${service} was rolled back to ${progress.from} externally: left unchanged`;
    const left = leave(context, why);
    const ledger = restoreStable(left.ledger, service, progress);
    return { ...left, ledger: block(ledger, context, progress.candidate, progress.template, why) };
  }
  return leave(context, `the traffic of ${service} was changed externally (${found}): left unchanged`);
}

/** The ledger with stable from before the rollout; otherwise the next apply would promote the candidate again. */
export function restoreStable(ledger: Ledger, service: string, { from, fromImage }: ServiceRollout): Ledger {
  const record = ledger.services[service];
  if (record === undefined || record.stable === from) return ledger;
  return withRecord(ledger, service, { stable: from, image: fromImage, blocked: record.blocked });
}
