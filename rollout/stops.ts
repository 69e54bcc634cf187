import { freeze } from "./frozen.ts";
import type { Car, Ledger, Split, StopReason } from "./ledger.ts";
import { asksFor, declared, splitText } from "./split.ts";
import { type Decision, entered, goOn, halted, recorded, stopOf, type Tick, yielded } from "./tick.ts";

/**
 * Ends the car before its candidate got any traffic: there is nothing to take back. A service that was just created
 * serves all the same.
 *
 * @param frozen whether the newest template is at fault
 */
export function fail(tick: Tick, reason: StopReason, why: string, frozen: boolean): Decision {
  const { car, observed, train } = tick;
  const latest = observed?.latestCreated ?? null;
  const created = car.from === null && observed !== null;
  const ledger = halted(
    entered(tick, created ? "stranded" : "failed", {
      verdicts: car.verdicts,
      why: created ? `${why}; it was just created, there is nothing to go back to` : why,
    }),
    train.stop ?? stopOf(tick, reason, why),
  );
  const template = latest === null ? null : (observed?.revisions[latest]?.template ?? null);
  const faulty = frozen && latest !== car.from;
  return goOn(faulty ? freeze(ledger, tick, latest, template, why) : ledger, why);
}

/** Ends the car and leaves everything as somebody else made it. */
export function leave(tick: Tick, why: string): Decision {
  return goOn(halted(entered(tick, "left", { why }), stopOf(tick, "foreign", why)), why);
}

/**
 * The traffic is not what the last intent explains. Back at stable it is our own way back where the process before this
 * one was cut off between the write and the ledger; otherwise somebody took it back, which is not undone, now or later.
 */
export function moved(tick: Tick, meant: Split): Decision {
  const { car, observed, service, tookOver } = tick;
  if (observed === null) return leave(tick, `${service} does not exist any more`);
  const found = splitText(observed.asked);
  const stable = declared(car.from);
  if (car.from !== null && asksFor(stable, observed.asked)) {
    const own = yielded(tick, "write")?.stop;
    if (own !== undefined || tookOver) {
      const why = `${service} was found back at ${car.from}, and whoever moved it had no time to write why`;
      const stop = own ?? stopOf(tick, "breach", why);
      const intent = { before: meant, after: stable, at: tick.now, written: true };
      const ledger = halted(entered(tick, "returning", { intent, why: stop.why }), stop);
      return goOn(stableAgain(ledger, service, car), stop.why);
    }
    const why = `somebody took ${service} back to ${car.from}: it is left there`;
    const left = leave(tick, why);
    const ledger = stableAgain(left.ledger, service, car);
    return { ...left, ledger: freeze(ledger, tick, car.candidate, car.template, why) };
  }
  return leave(tick, `somebody moved the traffic of ${service} (${found}): it is left so`);
}

/** The ledger with the stable from before the train: otherwise the next apply would promote the candidate again. */
export function stableAgain(ledger: Ledger, service: string, { from, fromImage }: Car): Ledger {
  const record = ledger.services[service];
  if (record === undefined || record.stable === from) return ledger;
  return recorded(ledger, service, { stable: from, image: fromImage, frozen: record.frozen });
}
