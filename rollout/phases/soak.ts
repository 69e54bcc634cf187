import { back, percentOf } from "../back.ts";
import { stepsOf } from "../ledger.ts";
import { asksFor, declared } from "../split.ts";
import { moved } from "../stops.ts";
import { type Decision, entered, goOn, judged, lookAgain, type Tick, yielded } from "../tick.ts";
import { promote } from "./promote.ts";
import { otherTemplate, splitOf, take } from "./shift.ts";

/** A service that was just created has all the traffic already; it is watched before it is called stable. */
export function watchFirst(tick: Tick): Decision {
  const { car, train, now } = tick;
  const split = declared(null);
  const ledger = entered(tick, "soaking", {
    verdicts: car.verdicts,
    step: stepsOf(train, car).length - 1,
    intent: { before: split, after: split, at: now, written: true },
    confirmedAt: now,
  });
  return goOn(ledger, "in force since it was created");
}

/** Watches a step. Silence never passes: what stays unclear until the deadline goes back. */
export function soaking(tick: Tick): Decision {
  const { service, car, observed, ledger, now, settings, train } = tick;
  const split = splitOf(tick);
  const { candidate, confirmedAt } = car;
  if (observed === null || candidate === null || confirmedAt === null) return moved(tick, split);
  if (!asksFor(split, observed.asked)) return moved(tick, split);
  const revision = observed.revisions[candidate];
  if (revision?.ready !== true)
    return back(tick, "breach", `${candidate} is ${revision === undefined ? "gone" : "not ready any more"}`);
  if (observed.latestCreated !== candidate) return otherTemplate(tick, observed);
  const percent = percentOf(tick);
  const result = yielded(tick, "soak");
  if (result === null || result.candidate !== candidate || result.percent !== percent)
    return {
      ledger,
      action: { kind: "measure", service, candidate, stable: car.from, percent, since: confirmedAt },
    };
  if (result.verdict === "breach") return back(tick, "breach", result.why);
  const honest = confirmedAt + settings.soak + settings.lag;
  if (now >= honest && result.verdict === "pass") {
    const passed = { ...tick, car: { ...car, ...judged(tick, "soak", "passed", result.why, percent) } };
    return car.step + 1 < stepsOf(train, car).length
      ? take(passed, car.step + 1, observed)
      : promote(passed, observed);
  }
  // Whoever takes over gets the time to see something.
  if (now >= Math.max(honest, car.since) + settings.inconclusive)
    return back(tick, "inconclusive", `too little was seen until the deadline: ${result.why}`);
  return lookAgain(tick, result.why);
}
