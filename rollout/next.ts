import { back, isOurs, returning } from "./back.ts";
import { guard } from "./guard.ts";
import { isAlive, leased } from "./lease.ts";
import type { Instant, Ledger, Outcome, Train } from "./ledger.ts";
import type { Measured } from "./measured.ts";
import type { ObservedService } from "./observed.ts";
import { applying, checked, waiting } from "./phases/before.ts";
import { gate, identity } from "./phases/gates.ts";
import { promoting, proving } from "./phases/promote.ts";
import { shifting } from "./phases/shift.ts";
import { soaking } from "./phases/soak.ts";
import { stopped } from "./phases/stopped.ts";
import type { Settings } from "./settings.ts";
import { asksFor, declared } from "./split.ts";
import { leave } from "./stops.ts";
import { changed, type Decision, type Tick, yielded } from "./tick.ts";
import { activeService } from "./train.ts";

/**
 * The one thing to do next, and the ledger that says so. Pure: the same for the command and for the guard.
 *
 * @param observed the `activeService`, read at this tick; null where it does not exist
 * @param measured what the last action of this process yielded
 */
export function next(
  ledger: Ledger,
  observed: ObservedService | null,
  measured: Measured,
  now: Instant,
  settings: Settings,
): Decision {
  const { train } = ledger;
  if (train === undefined) return end(ledger, "idle", "there is no rollout");
  if (train.outcome !== undefined)
    return end(ledger, settings.mode === "guard" ? "idle" : train.outcome, train.stop?.why ?? train.outcome);
  const alive = isAlive(train.lease, now);
  const mine = train.lease?.holder === settings.holder;
  if (settings.mode === "train" && alive && !mine)
    return end(
      ledger,
      "held",
      `${train.lease.holder} rolls out, until ${new Date(train.lease.expires).toISOString()}`,
    );
  const service = activeService(ledger);
  const car = service === null ? undefined : train.cars[service];
  if (service === null || car === undefined) {
    if (settings.mode === "guard" && alive && !mine)
      return end(ledger, "idle", "the rollout is in good hands");
    return finish(ledger, train, now);
  }
  const tookOver = !mine && !alive;
  const tick = refreshed({ ledger, train, service, car, observed, measured, now, settings, tookOver });
  const decision = unfinished(tick) ?? (settings.mode === "guard" ? guard(tick) : advance(tick));
  const beside = settings.mode === "guard" && ((alive && !mine) || decision.action.kind === "end");
  return beside ? decision : leased(decision, now, settings);
}

/** A way back that neither Cloud Run nor the ledger took is still the first thing to do. */
function unfinished(tick: Tick): Decision | null {
  const { train, car, observed } = tick;
  const stop = yielded(tick, "write")?.stop;
  if (stop === undefined || train.stop !== undefined || observed === null || !isOurs(car, observed))
    return null;
  if (car.phase !== "shifting" && car.phase !== "soaking") return null;
  return asksFor(declared(car.from), observed.asked) ? null : back(tick, stop.reason, stop.why);
}

function advance(tick: Tick): Decision {
  if (tick.train.stop !== undefined) return stopped(tick);
  switch (tick.car.phase) {
    case "waiting":
      return waiting(tick);
    case "checked":
      return checked(tick);
    case "applying":
      return applying(tick);
    case "identity":
      return identity(tick);
    case "gate":
      return gate(tick);
    case "shifting":
      return shifting(tick);
    case "soaking":
      return soaking(tick);
    case "promoting":
      return promoting(tick);
    case "proving":
      return proving(tick);
    case "returning":
      return returning(tick);
    default:
      // Cars that ended are never active without a stop.
      return leave(tick, `${tick.service} has ended: ${tick.car.phase}`);
  }
}

/** Deadlines start anew for whoever takes over; the clock of a soak, `confirmedAt`, goes on. */
function refreshed(tick: Tick): Tick {
  const { ledger, service, car, now, tookOver } = tick;
  if (!tookOver) return tick;
  const change = { since: now, intent: car.intent === null ? null : { ...car.intent, at: now } };
  const changedLedger = changed(ledger, service, change);
  return {
    ...tick,
    ledger: changedLedger,
    train: changedLedger.train ?? tick.train,
    car: { ...car, ...change },
  };
}

function finish(ledger: Ledger, train: Train, now: Instant): Decision {
  const outcome = outcomeOf(train);
  const ended: Train = { ...train, lease: null, outcome, endedAt: now };
  return end(
    { ...ledger, train: ended },
    outcome,
    train.stop?.why ?? "every service is promoted or unchanged",
  );
}

function outcomeOf({ stop, cars }: Train): Outcome {
  if (stop === undefined) return "completed";
  const phases = new Set(Object.values(cars).map(({ phase }) => phase));
  if (phases.has("stranded") || stop.reason === "proof") return "failed";
  if (phases.has("rolled back") || phases.has("undone")) return "rolled back";
  return stop.reason === "refused" && !phases.has("promoted") ? "refused" : "stopped";
}

function end(ledger: Ledger, outcome: Outcome | "held" | "idle", why: string): Decision {
  return { ledger, action: { kind: "end", outcome, why } };
}
