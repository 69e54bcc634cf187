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
 * Ends the service before its candidate got any traffic: there is nothing to take back. A service that was just created
 * serves all the same.
 *
 * @param blocklisted whether the newest template is at fault
 */
export function fail(context: ReconcileContext, reason: StopReason, why: string, blocked: boolean): Decision {
  const { progress, observed, rollout } = context;
  const latest = observed?.latestCreated ?? null;
  const created = progress.from === null && observed !== null;
  const ledger = withStop(
    inPhase(context, created ? "rollback failed" : "failed", {
      verdicts: progress.verdicts,
      why: created ? `${why}; it was just created, there is nothing to go back to` : why,
    }),
    rollout.stop ?? stopFor(context, reason, why),
  );
  const template = latest === null ? null : (observed?.revisions[latest]?.template ?? null);
  const faulty = blocked && latest !== progress.from;
  return proceed(faulty ? block(ledger, context, latest, template, why) : ledger, why);
}

/** Ends the service and leaves everything as somebody else made it. */
export function leave(context: ReconcileContext, why: string): Decision {
  return proceed(
    withStop(inPhase(context, "externally modified", { why }), stopFor(context, "external change", why)),
    why,
  );
}

/**
 * The traffic is not what the last intent explains. Back at stable it is our own rollback where the process before this
 * one was cut off between the write and the ledger; otherwise somebody took it back, which is not undone, now or later.
 */
export function moved(context: ReconcileContext, meant: Split): Decision {
  const { progress, observed, service, tookOver } = context;
  if (observed === null) return leave(context, `${service} does not exist any more`);
  const found = splitText(observed.asked);
  const stable = declared(progress.from);
  if (progress.from !== null && asksFor(stable, observed.asked)) {
    const own = resultOf(context, "write")?.stop;
    if (own !== undefined || tookOver) {
      const why = `${service} was found back at ${progress.from}, and whoever moved it had no time to write why`;
      const stop = own ?? stopFor(context, "breach", why);
      const intent = { before: meant, after: stable, at: context.now, written: true };
      const ledger = withStop(inPhase(context, "rolling back", { intent, why: stop.why }), stop);
      return proceed(restoreStable(ledger, service, progress), stop.why);
    }
    const why = `somebody took ${service} back to ${progress.from}: it is left there`;
    const left = leave(context, why);
    const ledger = restoreStable(left.ledger, service, progress);
    return { ...left, ledger: block(ledger, context, progress.candidate, progress.template, why) };
  }
  return leave(context, `somebody moved the traffic of ${service} (${found}): it is left so`);
}

/** The ledger with the stable from before the rollout: otherwise the next apply would promote the candidate again. */
export function restoreStable(ledger: Ledger, service: string, { from, fromImage }: ServiceRollout): Ledger {
  const record = ledger.services[service];
  if (record === undefined || record.stable === from) return ledger;
  return withRecord(ledger, service, { stable: from, image: fromImage, blocked: record.blocked });
}
