import type { ActionResult } from "./action-result.ts";
import { changed, type Decision, type ReconcileContext, resultOf } from "./decision.ts";
import { isAlive, leased } from "./lease.ts";
import type { Instant, Ledger, Outcome, Rollout } from "./ledger.ts";
import { activeService } from "./lifecycle.ts";
import type { ObservedService } from "./observed.ts";
import { applying, checked, waiting } from "./phases/before.ts";
import { gate, identity } from "./phases/gates.ts";
import { promoting, proving } from "./phases/promote.ts";
import { shifting } from "./phases/shift.ts";
import { soaking } from "./phases/soak.ts";
import { stopped } from "./phases/stopped.ts";
import { isOurs, rollBack, rollingBack } from "./rollback.ts";
import type { Settings } from "./settings.ts";
import { asksFor, declared } from "./split.ts";
import { leave } from "./stops.ts";
import { watchdog } from "./watchdog.ts";

/**
 * The next action and the ledger that records it. Pure: the same for the command and for the watchdog.
 *
 * @param observed the `activeService`, read in this iteration; null where it does not exist
 * @param lastResult result of the last action of this process
 */
export function next(
  ledger: Ledger,
  observed: ObservedService | null,
  lastResult: ActionResult,
  now: Instant,
  settings: Settings,
): Decision {
  const { rollout } = ledger;
  if (rollout === undefined) return end(ledger, "idle", "there is no rollout");
  if (rollout.outcome !== undefined)
    return end(
      ledger,
      settings.mode === "watchdog" ? "idle" : rollout.outcome,
      rollout.stop?.why ?? rollout.outcome,
    );
  const alive = isAlive(rollout.lease, now);
  const mine = rollout.lease?.holder === settings.holder;
  if (settings.mode === "rollout" && alive && !mine)
    return end(
      ledger,
      "held",
      `${rollout.lease.holder} holds the lease until ${new Date(rollout.lease.expires).toISOString()}`,
    );
  const service = activeService(ledger);
  const progress = service === null ? undefined : rollout.services[service];
  if (service === null || progress === undefined) {
    if (settings.mode === "watchdog" && alive && !mine)
      return end(ledger, "idle", "another process holds the lease");
    return finish(ledger, rollout, now);
  }
  const tookOver = !mine && !alive;
  const context = renewDeadlines({
    ledger,
    rollout,
    service,
    progress,
    observed,
    lastResult,
    now,
    settings,
    tookOver,
  });
  const decision =
    unfinished(context) ?? (settings.mode === "watchdog" ? watchdog(context) : advance(context));
  const beside = settings.mode === "watchdog" && ((alive && !mine) || decision.action.kind === "end");
  return beside ? decision : leased(decision, now, settings);
}

/** A rollback that reached neither Cloud Run nor the ledger still comes first. */
function unfinished(context: ReconcileContext): Decision | null {
  const { rollout, progress, observed } = context;
  const stop = resultOf(context, "write")?.stop;
  if (stop === undefined || rollout.stop !== undefined || observed === null || !isOurs(progress, observed))
    return null;
  if (progress.phase !== "shifting" && progress.phase !== "soaking") return null;
  return asksFor(declared(progress.from), observed.asked) ? null : rollBack(context, stop.reason, stop.why);
}

function advance(context: ReconcileContext): Decision {
  if (context.rollout.stop !== undefined) return stopped(context);
  switch (context.progress.phase) {
    case "waiting":
      return waiting(context);
    case "checked":
      return checked(context);
    case "applying":
      return applying(context);
    case "identity":
      return identity(context);
    case "gate":
      return gate(context);
    case "shifting":
      return shifting(context);
    case "soaking":
      return soaking(context);
    case "promoting":
      return promoting(context);
    case "proving":
      return proving(context);
    case "rolling back":
      return rollingBack(context);
    default:
      // Services that ended are never active without a stop.
      return leave(context, `${context.service} has ended: ${context.progress.phase}`);
  }
}

/** Deadlines start again for the process that takes over; the soak, from `confirmedAt`, continues. */
function renewDeadlines(context: ReconcileContext): ReconcileContext {
  const { ledger, service, progress, now, tookOver } = context;
  if (!tookOver) return context;
  const change = { since: now, intent: progress.intent === null ? null : { ...progress.intent, at: now } };
  const changedLedger = changed(ledger, service, change);
  return {
    ...context,
    ledger: changedLedger,
    rollout: changedLedger.rollout ?? context.rollout,
    progress: { ...progress, ...change },
  };
}

function finish(ledger: Ledger, rollout: Rollout, now: Instant): Decision {
  const outcome = outcomeOf(rollout);
  const ended: Rollout = { ...rollout, lease: null, outcome, endedAt: now };
  return end(
    { ...ledger, rollout: ended },
    outcome,
    rollout.stop?.why ?? "every service is promoted or unchanged",
  );
}

function outcomeOf({ stop, services }: Rollout): Outcome {
  if (stop === undefined) return "completed";
  const phases = new Set(Object.values(services).map(({ phase }) => phase));
  if (phases.has("rollback failed") || stop.reason === "proof") return "failed";
  if (phases.has("rolled back") || phases.has("reverted")) return "rolled back";
  return stop.reason === "refused" && !phases.has("promoted") ? "refused" : "stopped";
}

function end(ledger: Ledger, outcome: Outcome | "held" | "idle", why: string): Decision {
  return { ledger, action: { kind: "end", outcome, why } };
}
