import { back, percentOf, seen } from "../back.ts";
import { type Split, stepsOf } from "../ledger.ts";
import type { ObservedService } from "../observed.ts";
import { asksFor, declared, serves } from "../split.ts";
import { moved } from "../stops.ts";
import { type Decision, entered, goOn, lookAgain, type Tick, yielded } from "../tick.ts";

/** Begins a step: the intent goes into the ledger, then the traffic is written. */
export function take(tick: Tick, step: number, observed: ObservedService): Decision {
  const { car, service, train, now } = tick;
  const before: Split = car.step < 0 ? declared(car.from) : splitOf(tick);
  const after: Split = {
    stable: car.from,
    candidate: car.candidate,
    percent: stepsOf(train, car)[step] ?? 100,
  };
  const ledger = entered(tick, "shifting", {
    verdicts: car.verdicts,
    step,
    confirmedAt: null,
    intent: { before, after, at: now, written: false },
  });
  return { ledger, action: { kind: "shift", service, etag: observed.etag, split: after } };
}

/** Until the split is in force, not only asked for: the soak's clock starts then. */
export function shifting(tick: Tick): Decision {
  const { service, car, observed, now, settings } = tick;
  const { intent } = car;
  if (intent === null || observed === null) return moved(tick, declared(car.from));
  const late = now >= intent.at + settings.effective;
  const within = `within ${Math.round(settings.effective / 1000)} s`;
  if (asksFor(intent.after, observed.asked)) {
    const written = seen(tick);
    if (observed.latestCreated !== car.candidate) return otherTemplate(written, observed);
    if (serves(intent.after, observed.serving, observed.latestReady)) {
      const change = { intent: { ...intent, written: true }, confirmedAt: now };
      return goOn(entered(tick, "soaking", change), `${service}: ${intent.after.percent} % in force`);
    }
    if (!late) return lookAgain(written, `${service}: ${intent.after.percent} % asked for, not yet in force`);
    return back(written, "breach", `${intent.after.percent} % was not in force ${within}`);
  }
  if (!asksFor(intent.before, observed.asked)) return moved(tick, intent.after);
  if (intent.written || yielded(tick, "write")?.outcome === "written") {
    // Either the answer of Cloud Run is stale, or somebody made it as it was before.
    if (!late) return lookAgain(seen(tick), `${service}: ${intent.after.percent} % written, not yet seen`);
    return moved(tick, intent.after);
  }
  if (observed.latestCreated !== car.candidate) return otherTemplate(tick, observed);
  if (late) return back(tick, "inconclusive", `the traffic could not be written ${within}`);
  return {
    ledger: tick.ledger,
    action: { kind: "shift", service, etag: observed.etag, split: intent.after },
  };
}

/** Somebody else's template: the split is still ours, and the watch over it ends here, so it goes back. */
export function otherTemplate(tick: Tick, { latestCreated }: ObservedService): Decision {
  const why = `somebody else deployed ${tick.service} (${latestCreated}): this rollout does not go on`;
  return back(tick, "foreign", why);
}

/** The split of the step that is watched. */
export function splitOf(tick: Tick): Split {
  const { car } = tick;
  if (car.from === null) return declared(null);
  return { stable: car.from, candidate: car.candidate, percent: percentOf(tick) };
}
