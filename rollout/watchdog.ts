import type { Decision, ReconcileContext } from "./decision.ts";
import { resultOf } from "./decision.ts";
import { isAlive } from "./lease.ts";
import { splitOf } from "./phases/shift.ts";
import { stopped } from "./phases/stopped.ts";
import { isOurs, rollBack } from "./rollback.ts";
import { asksFor } from "./split.ts";
import { moved } from "./stops.ts";

/**
 * The rollback watchdog only rolls back: where the lease has expired in the middle of a step, and where it measures a
 * breach itself.
 */
export function watchdog(context: ReconcileContext): Decision {
  const { rollout, now, progress, observed, service } = context;
  if (isAlive(rollout.lease, now) && rollout.lease.holder !== context.settings.holder) return beside(context);
  if (rollout.stop !== undefined) return stopped(context);
  const underTraffic = progress.phase === "shifting" || progress.phase === "soaking";
  if (!underTraffic)
    return idle(context, `${service} has no candidate under traffic: "resume" or "abort" ends the rollout`);
  if (progress.from === null)
    return idle(
      context,
      `${service} was just created and has no revision to roll back to: "resume" continues`,
    );
  const meant = progress.intent?.after ?? splitOf(context);
  const found =
    observed !== null && [meant, progress.intent?.before ?? meant].some((s) => asksFor(s, observed.asked));
  if (!found || observed === null || !isOurs(progress, observed)) return moved(context, meant);
  return rollBack(context, "lease", `the lease of the rollout of ${service} expired in the middle of a step`);
}

/** The lease is valid: the watchdog only rolls back after a breach. */
function beside(context: ReconcileContext): Decision {
  const { progress, observed, service, ledger, rollout } = context;
  const { candidate, confirmedAt } = progress;
  const split = splitOf(context);
  const watched = progress.phase === "soaking" && rollout.stop === undefined && progress.from !== null;
  if (!watched || observed === null || candidate === null || confirmedAt === null)
    return idle(context, "another process holds the lease");
  if (!asksFor(split, observed.asked))
    return idle(context, `the process that holds the lease sees the traffic of ${service} too`);
  const result = resultOf(context, "soak");
  if (result === null || result.candidate !== candidate || result.percent !== split.percent)
    return {
      ledger,
      action: {
        kind: "measure",
        service,
        candidate,
        stable: progress.from,
        percent: split.percent,
        since: confirmedAt,
      },
    };
  return result.verdict === "breach" ? rollBack(context, "breach", result.why) : idle(context, result.why);
}

function idle({ ledger }: ReconcileContext, why: string): Decision {
  return { ledger, action: { kind: "end", outcome: "idle", why } };
}
