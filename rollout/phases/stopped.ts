import { back, returning, seen } from "../back.ts";
import { asksFor, declared, serves, splitText } from "../split.ts";
import { fail, leave, stableAgain } from "../stops.ts";
import { type Decision, entered, goOn, lookAgain, recorded, type Tick } from "../tick.ts";

/** The train goes no further: what is under way goes back, and what it had promoted, the last one first. */
export function stopped(tick: Tick): Decision {
  const { car, observed, train, service } = tick;
  const reason = train.stop?.reason ?? "abort";
  const why = train.stop?.why ?? "the rollout was stopped";
  switch (car.phase) {
    case "returning":
      return returning(tick);
    case "undoing":
      return undoing(tick);
    case "promoted":
      return undo(tick);
    case "promoting":
    case "proving":
      return goOn(entered(tick, "promoted"), `${service} was promoted already`);
    case "shifting":
    case "soaking":
      if (car.from === null) return fail(tick, reason, why, false);
      if (observed !== null && isMeant(tick)) return back(tick, reason, why);
      return leave(tick, `somebody moved the traffic of ${service}: it is left so`);
    default:
      return fail(tick, reason, why, false);
  }
}

function isMeant({ car, observed }: Tick): boolean {
  const { intent } = car;
  if (observed === null || intent === null) return false;
  return [intent.before, intent.after, declared(car.from)].some((split) => asksFor(split, observed.asked));
}

/** Takes a promoted car back to what it was before the train. Its template is not to blame. */
function undo(tick: Tick): Decision {
  const { car, observed, service, now } = tick;
  const { from, candidate, fromImage } = car;
  if (observed === null || candidate === null || from === null)
    return leave(tick, `${service} does not exist any more`);
  if (asksFor(declared(from), observed.asked))
    return goOn(
      stableAgain(entered(tick, "undone", { why: "somebody took it back already" }), service, car),
      `${service} was taken back already`,
    );
  if (!asksFor(declared(candidate), observed.asked))
    return leave(
      tick,
      `somebody moved the traffic of ${service} (${splitText(observed.asked)}): it is left so`,
    );
  if (observed.revisions[from] === undefined) {
    const why = `${from} is gone: ${candidate}, which passed every step, keeps the traffic`;
    return goOn(entered(tick, "stranded", { why }), why);
  }
  const frozen = tick.ledger.services[service]?.frozen ?? [];
  const intent = { before: declared(candidate), after: declared(from), at: now, written: false };
  const why = "taken back with the train";
  return {
    ledger: recorded(entered(tick, "undoing", { intent, why }), service, {
      stable: from,
      image: fromImage,
      frozen,
    }),
    action: { kind: "shift", service, etag: observed.etag, split: declared(from) },
  };
}

function undoing(tick: Tick): Decision {
  const { car, observed, service, ledger } = tick;
  const { intent } = car;
  if (observed === null || intent === null) return leave(tick, `${service} does not exist any more`);
  const { asked, serving, latestReady, etag } = observed;
  if (asksFor(intent.after, asked)) {
    if (!serves(intent.after, serving, latestReady))
      return lookAgain(seen(tick), `${service} is asked back to ${intent.after.stable}, not yet in force`);
    return goOn(entered(tick, "undone", { intent: { ...intent, written: true } }), `${service} is undone`);
  }
  if (intent.written || !asksFor(intent.before, asked))
    return leave(tick, `somebody moved the traffic of ${service} (${splitText(asked)}): it is left so`);
  return { ledger, action: { kind: "shift", service, etag, split: intent.after } };
}
