import { seen } from "../back.ts";
import { thaw } from "../frozen.ts";
import type { ObservedService } from "../observed.ts";
import { asksFor, declared, isDeclaredForm, serves } from "../split.ts";
import { leave, moved } from "../stops.ts";
import {
  type Decision,
  entered,
  goOn,
  halted,
  judged,
  lookAgain,
  recorded,
  stopOf,
  type Tick,
  yielded,
} from "../tick.ts";

/** The candidate is stable from here on: an apply in between writes the same as this does. */
export function promote(tick: Tick, observed: ObservedService): Decision {
  const { service, car, ledger, now } = tick;
  const { candidate, from, fromImage } = car;
  if (candidate === null) return leave(tick, `${service} has no candidate`);
  const before = car.intent?.after ?? declared(from);
  const after = declared(candidate);
  const kept = ledger.services[service];
  const previous =
    from === null || fromImage === null ? {} : { previous: { revision: from, image: fromImage } };
  const record = { stable: candidate, image: car.image, frozen: kept?.frozen ?? [], ...previous };
  const promoting = entered(tick, "promoting", {
    verdicts: car.verdicts,
    intent: { before, after, at: now, written: false },
  });
  return {
    ledger: thaw(recorded(promoting, service, record), service, car.template),
    action: { kind: "shift", service, etag: observed.etag, split: after },
  };
}

/** Until the traffic stands in Terraform's form: by name, and the tag on the newest. */
export function promoting(tick: Tick): Decision {
  const { service, car, observed, now, settings, ledger } = tick;
  const { intent } = car;
  if (intent === null || observed === null) return moved(tick, declared(car.candidate));
  const { asked, serving, latestReady, etag } = observed;
  const late = now >= intent.at + settings.effective;
  if (asksFor(intent.after, asked) && isDeclaredForm(asked)) {
    if (serves(intent.after, serving, latestReady))
      return goOn(
        entered(tick, "proving", { intent: { ...intent, written: true } }),
        `${service} is promoted`,
      );
    if (!late) return lookAgain(seen(tick), `${service}: not yet in force`);
    return unproven(tick, "Terraform's form of the traffic did not get in force");
  }
  if (!asksFor(intent.before, asked) && !asksFor(intent.after, asked)) return moved(tick, intent.after);
  if (late) return unproven(tick, "the traffic could not be written in Terraform's form");
  return { ledger, action: { kind: "shift", service, etag, split: intent.after } };
}

/** The plan with the new stable must be empty: otherwise the next apply would do something nobody has watched. */
export function proving(tick: Tick): Decision {
  const { service, car, observed, ledger, now, settings } = tick;
  const { candidate } = car;
  if (candidate === null || observed === null) return moved(tick, declared(candidate));
  if (!asksFor(declared(candidate), observed.asked)) return moved(tick, declared(candidate));
  const result = yielded(tick, "proof");
  if (result === null) return { ledger, action: { kind: "prove", service, stable: candidate } };
  if (result.plan === "empty") {
    const why = `${candidate} is stable, and the plan is empty`;
    return goOn(entered(tick, "promoted", judged(tick, "proof", "passed", result.why)), `${service}: ${why}`);
  }
  if (result.plan === "failed" && now < car.since + settings.inconclusive) return lookAgain(tick, result.why);
  return unproven(tick, result.plan === "changes" ? `the plan is not empty: ${result.why}` : result.why);
}

/** It serves and was watched, but Terraform would change it: the train goes no further. */
function unproven(tick: Tick, why: string): Decision {
  const told = `${why}; ${tick.car.candidate} passed every step and keeps the traffic`;
  const ledger = entered(tick, "promoted", { ...judged(tick, "proof", "failed", why), why: told });
  return goOn(halted(ledger, stopOf(tick, "proof", `${tick.service}: ${told}`)), told);
}
