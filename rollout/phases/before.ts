import { frozenTemplate } from "../frozen.ts";
import type { ObservedService } from "../observed.ts";
import { asksFor, declared, splitText } from "../split.ts";
import { fail, leave } from "../stops.ts";
import {
  type Decision,
  entered,
  goOn,
  halted,
  judged,
  recorded,
  stopOf,
  type Tick,
  yielded,
} from "../tick.ts";

/** Preconditions of every car, before the first one is touched. */
export function waiting(tick: Tick): Decision {
  const { service, car, observed, ledger } = tick;
  const result = yielded(tick, "check");
  if (result === null) return { ledger, action: { kind: "check", service, stable: car.from } };
  const problems = [...standing(tick), ...result.problems];
  const latest = observed?.latestCreated ?? null;
  if (!result.changes && latest !== null) {
    const frozen = frozenTemplate(tick, observed?.revisions[latest]?.template);
    if (frozen !== undefined)
      problems.push(
        `${service}: the template of ${latest} was rolled back (${frozen.why}) and nothing in it has changed; change it, or add --again`,
      );
  }
  if (problems.length > 0)
    return goOn(
      entered(tick, "checked", judged(tick, "check", "failed", problems.join("; "))),
      `${service} cannot start`,
    );
  if (!result.changes && car.from !== null && latest === car.from) {
    const why = "nothing to roll out";
    return goOn(entered(tick, "unchanged", { ...judged(tick, "check", "passed", why), why }), why);
  }
  const why = car.from === null ? "it will be created" : `${car.from} is there to go back to`;
  return goOn(entered(tick, "checked", judged(tick, "check", "passed", why)), `${service} can start`);
}

/** All preconditions hold, or the train is refused with everything that is wrong. */
export function checked(tick: Tick): Decision {
  const { train, service, car, ledger, settings } = tick;
  const refusals = train.order.flatMap((name) =>
    (train.cars[name]?.verdicts ?? []).flatMap(({ what, verdict, why }) =>
      what === "check" && verdict === "failed" ? [why] : [],
    ),
  );
  if (refusals.length > 0) {
    const why = refusals.join("\n");
    return goOn(halted(ledger, stopOf(tick, "refused", why)), why);
  }
  // Another car may have taken an hour since the check.
  const [problem] = standing(tick);
  if (problem !== undefined) return leave(tick, problem);
  if (settings.images[service] !== car.image) return otherImage(tick);
  const record = ledger.services[service] ?? { stable: null, image: null, frozen: [] };
  return {
    ledger: recorded(entered(tick, "applying"), service, record),
    action: { kind: "apply", service, stable: car.from },
  };
}

/** Repeated by whoever resumes: an apply that was done already changes nothing. */
export function applying(tick: Tick): Decision {
  const { service, car, ledger, observed, settings } = tick;
  if (observed !== null && !keepsTo(car.from, observed))
    return leave(
      tick,
      `somebody moved the traffic of ${service} (${splitText(observed.asked)}): it is left so`,
    );
  const result = yielded(tick, "apply");
  if (result === null) {
    if (settings.images[service] !== car.image) return otherImage(tick);
    return { ledger, action: { kind: "apply", service, stable: car.from } };
  }
  const passed = result.outcome !== "failed";
  const judgement = judged(tick, "apply", passed ? "passed" : "failed", result.why);
  const after = { ...tick, car: { ...car, ...judgement } };
  if (passed) return goOn(entered(tick, "identity", judgement), `${service}: ${result.outcome}`);
  const latest = observed?.latestCreated ?? null;
  const ready = latest !== null && observed?.revisions[latest]?.ready === true;
  return fail(after, "apply", result.why, !ready);
}

function otherImage(tick: Tick): Decision {
  const why = `the environment states another image of ${tick.service} than when the rollout started: abort it and start a new one`;
  return goOn(halted(entered(tick, "failed", { why }), stopOf(tick, "refused", why)), why);
}

/** Stable gets everything: by its name, or as the newest, as it is after the first creation and before this project. */
function keepsTo(stable: string | null, { asked, latestCreated }: ObservedService): boolean {
  return asksFor(declared(stable), asked) || (latestCreated === stable && asksFor(declared(null), asked));
}

/** What is wrong with where the service stands, one sentence each. */
function standing({ ledger, service, car, observed }: Tick): string[] {
  const record = ledger.services[service];
  const remedy = `"npm run rollout -- adopt ${ledger.environment} ${service}" takes what serves for known good`;
  if (observed === null)
    return car.from === null
      ? []
      : [
          `${service} does not exist any more, and the ledger says ${car.from} serves: "npm run rollout -- adopt ${ledger.environment} ${service}" forgets it`,
        ];
  if (record === undefined) return [`${service} serves and the ledger does not know it: ${remedy}`];
  if (!keepsTo(car.from, observed))
    return [
      `the traffic of ${service} (${splitText(observed.asked)}) is not what the ledger says (${car.from ?? "the newest"} 100 %): ${remedy}`,
    ];
  if (car.from === null) return [];
  const revision = observed.revisions[car.from];
  if (revision === undefined) return [`${service} cannot go back: ${car.from} is gone`];
  return revision.ready ? [] : [`${service} cannot go back: ${car.from} is not ready`];
}
