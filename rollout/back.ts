import { freeze } from "./frozen.ts";
import { type Car, type Intent, type Ledger, type StopReason, stepsOf } from "./ledger.ts";
import type { ObservedService } from "./observed.ts";
import { asksFor, declared, serves, shares, splitText } from "./split.ts";
import { leave } from "./stops.ts";
import {
  changed,
  type Decision,
  entered,
  goOn,
  halted,
  judged,
  lookAgain,
  recorded,
  stopOf,
  type Tick,
} from "./tick.ts";

/** Without blame on the template: it may be rolled out again without being asked for. */
const BLAMELESS = new Set<StopReason>(["lease", "foreign"]);

/**
 * Back to stable: the write is the first thing that is done, the ledger comes after it. Without a stable that is still
 * there, the one before it; without that one either, a person has to look.
 */
export function back(tick: Tick, reason: StopReason, why: string): Decision {
  const { car, observed, train, now } = tick;
  const stop = train.stop ?? stopOf(tick, reason, why);
  const target = observed === null ? null : wayBack(tick, observed);
  const verdicts =
    car.phase === "soaking" && (reason === "breach" || reason === "inconclusive")
      ? judged(tick, "soak", reason === "breach" ? "failed" : "inconclusive", why, percentOf(tick))
      : {};
  if (observed === null || target === null) {
    const stuck = `${why}; ${car.from === null ? "it was just created" : `${car.from} is gone`}: there is nothing to go back to`;
    const ledger = halted(entered(tick, "stranded", { ...verdicts, why: stuck }), stop);
    return goOn(freeze(ledger, tick, car.candidate, car.template, why), stuck);
  }
  const after = declared(target);
  const before = car.intent?.after ?? after;
  const ledger = halted(
    entered(tick, "returning", { ...verdicts, why, intent: { before, after, at: now, written: false } }),
    stop,
  );
  return {
    ledger,
    action: { kind: "return", service: tick.service, etag: observed.etag, split: after, stop },
  };
}

/** Until stable has everything again. It has no deadline: what cannot be written is tried again until it can. */
export function returning(tick: Tick): Decision {
  const { car, observed, service, train } = tick;
  const { intent } = car;
  if (observed === null || intent === null) return leave(tick, `${service} does not exist any more`);
  const why = train.stop?.why ?? car.why ?? "taken back";
  if (asksFor(intent.after, observed.asked)) {
    if (!serves(intent.after, observed.serving, observed.latestReady))
      return lookAgain(seen(tick), `${service} is asked back to ${intent.after.stable}, not yet in force`);
    const ledger = landed(tick, intent);
    const blame = train.stop === undefined || !BLAMELESS.has(train.stop.reason);
    return goOn(blame ? freeze(ledger, tick, car.candidate, car.template, why) : ledger, why);
  }
  if (intent.written || !isOurs(car, observed))
    return leave(
      tick,
      `somebody moved the traffic of ${service} on its way back (${splitText(observed.asked)}): it is left so`,
    );
  const stop = train.stop ?? stopOf(tick, "breach", why);
  return {
    ledger: tick.ledger,
    action: { kind: "return", service, etag: observed.etag, split: intent.after, stop },
  };
}

/** The ledger with the car back; where stable itself was gone, the one before it is stable now. */
function landed(tick: Tick, intent: Intent): Ledger {
  const { service } = tick;
  const ledger = entered(tick, "rolled back", { intent: { ...intent, written: true } });
  const record = ledger.services[service];
  const target = intent.after.stable;
  if (record?.previous === undefined || record.previous.revision !== target || record.stable === target)
    return ledger;
  const { image } = record.previous;
  return recorded(ledger, service, { stable: target, image, frozen: record.frozen });
}

/** Whether only the two that the train divides the traffic between have any. */
export function isOurs({ from, candidate }: Car, { asked }: ObservedService): boolean {
  return [...shares(asked).keys()].every((revision) => revision === from || revision === candidate);
}

/** The tick with the intent marked as written: what undoes it from now on is somebody else. */
export function seen(tick: Tick): Tick {
  const { intent } = tick.car;
  if (intent === null || intent.written) return tick;
  const change = { intent: { ...intent, written: true } };
  const ledger: Ledger = changed(tick.ledger, tick.service, change);
  return { ...tick, ledger, car: { ...tick.car, ...change } };
}

/** The candidate's percent of the step that is watched. */
export function percentOf({ car, train }: Tick): number {
  return stepsOf(train, car)[car.step] ?? 100;
}

function wayBack({ car, ledger, service }: Tick, { revisions }: ObservedService): string | null {
  const previous = ledger.services[service]?.previous?.revision ?? null;
  const there = (revision: string | null): revision is string =>
    revision !== null && revisions[revision] !== undefined;
  if (car.from === null) return null;
  return [car.from, previous].find(there) ?? null;
}
