import { frozenTemplate } from "../frozen.ts";
import type { ObservedService } from "../observed.ts";
import { CANDIDATE_TAG } from "../observed.ts";
import { asksFor, declared, splitText } from "../split.ts";
import { fail, leave } from "../stops.ts";
import { type Decision, entered, goOn, judged, lookAgain, type Tick, yielded } from "../tick.ts";
import { take } from "./shift.ts";
import { watchFirst } from "./soak.ts";

/**
 * Gate 0: a second apply of a revision that never got ready says "no changes", and the tag on the newest *ready*
 * revision then still answers from the old one. Only what Cloud Run says counts.
 */
export function identity(tick: Tick): Decision {
  const { service, car, observed, now, settings } = tick;
  if (observed === null) return leave(tick, `${service} does not exist after its apply`);
  const disturbed = elsewhere(tick, observed);
  if (disturbed !== null) return leave(tick, disturbed);
  const latest = observed.latestCreated;
  const revision = latest === null ? undefined : observed.revisions[latest];
  const refuse = (why: string): Decision =>
    fail({ ...tick, car: { ...car, ...judged(tick, "identity", "failed", why) } }, "gate", why, true);
  if (observed.terminal === "failed" && !observed.reconciling)
    return refuse(`${latest ?? service} did not get ready: ${observed.message}`);
  const missing = unsettled(observed, car.from === null);
  if (missing !== null) {
    if (now < car.since + settings.ready) return lookAgain(tick, missing);
    return refuse(`${missing}, ${Math.round(settings.ready / 1000)} s after the apply`);
  }
  if (latest === null || revision === undefined) return refuse(`${service} has no revision`);
  if (latest === car.from) {
    const why = "nothing to roll out";
    return goOn(entered(tick, "unchanged", { ...judged(tick, "identity", "passed", why), why }), why);
  }
  if (digest(revision.image) !== digest(car.image))
    return refuse(`${latest} runs ${revision.image}, planned was ${car.image}`);
  const frozen = frozenTemplate(tick, revision.template);
  if (frozen !== undefined)
    return refuse(
      `${latest} has the template of ${frozen.revision}, which was rolled back (${frozen.why}); change it, or add --again`,
    );
  const why = `${latest} is ready, under the tag, with the planned image`;
  const ledger = entered(tick, "gate", {
    candidate: latest,
    template: revision.template,
    ...judged(tick, "identity", "passed", why),
  });
  return goOn(ledger, why);
}

/** Gate 1: contract and WebSocket on the tag URL, from inside the network. */
export function gate(tick: Tick): Decision {
  const { service, car, observed, ledger, now, settings } = tick;
  if (observed === null || car.candidate === null) return leave(tick, `${service} does not exist any more`);
  const disturbed = elsewhere(tick, observed);
  if (disturbed !== null) return leave(tick, disturbed);
  if (observed.latestCreated !== car.candidate)
    return leave(
      tick,
      `somebody else deployed ${service} (${observed.latestCreated}): this rollout does not go on`,
    );
  const result = yielded(tick, "gate");
  if (result === null || result.candidate !== car.candidate)
    return { ledger, action: { kind: "gate", service, candidate: car.candidate, stable: car.from } };
  const after = (verdict: "passed" | "failed" | "inconclusive"): Tick => ({
    ...tick,
    car: { ...car, ...judged(tick, "gate", verdict, result.why) },
  });
  if (result.verdict === "failed") return fail(after("failed"), "gate", result.why, true);
  if (result.verdict === "inconclusive") {
    if (now < car.since + settings.inconclusive) return lookAgain(tick, result.why);
    return fail(after("inconclusive"), "gate", `the gate could not be looked at: ${result.why}`, false);
  }
  const passed = after("passed");
  return car.from === null ? watchFirst(passed) : take(passed, 0, observed);
}

/** Somebody gave traffic to something else before the first step. */
function elsewhere({ service, car }: Tick, { asked }: ObservedService): string | null {
  if (asksFor(declared(car.from), asked)) return null;
  return `somebody moved the traffic of ${service} (${splitText(asked)}): it is left so`;
}

/** What is not yet as it must be, or null. */
function unsettled(observed: ObservedService, first: boolean): string | null {
  const { service, reconciling, terminal, latestCreated, latestReady, serving, revisions } = observed;
  if (reconciling || terminal !== "succeeded") return `${service} is still being changed`;
  if (latestCreated === null || latestReady !== latestCreated || revisions[latestCreated]?.ready !== true)
    return `${latestCreated ?? service} is not ready`;
  const tagged = serving.find((target) =>
    first ? target.percent === 100 : target.tag === CANDIDATE_TAG,
  )?.revision;
  if (tagged !== latestCreated)
    return `the tag "${CANDIDATE_TAG}" is on ${tagged ?? "nothing"}, not on ${latestCreated}`;
  return null;
}

/** A registry may be called by more than one name; the digest is the image. */
function digest(image: string): string {
  return image.slice(image.lastIndexOf("@") + 1);
}
