import { back, isOurs } from "./back.ts";
import { isAlive } from "./lease.ts";
import { splitOf } from "./phases/shift.ts";
import { stopped } from "./phases/stopped.ts";
import { asksFor } from "./split.ts";
import { moved } from "./stops.ts";
import type { Decision, Tick } from "./tick.ts";
import { yielded } from "./tick.ts";

/**
 * The guard in the project has one verb: back to stable. It speaks where whoever holds the train has fallen silent in the
 * middle of a step, and where it sees a breach itself.
 */
export function guard(tick: Tick): Decision {
  const { train, now, car, observed, service } = tick;
  if (isAlive(train.lease, now) && train.lease.holder !== tick.settings.holder) return beside(tick);
  if (train.stop !== undefined) return stopped(tick);
  const underTraffic = car.phase === "shifting" || car.phase === "soaking";
  if (!underTraffic)
    return idle(tick, `${service} has no unproven traffic: "resume" or "abort" ends the rollout`);
  if (car.from === null)
    return idle(tick, `${service} was just created and has nothing to go back to: "resume" watches it on`);
  const meant = car.intent?.after ?? splitOf(tick);
  const found =
    observed !== null && [meant, car.intent?.before ?? meant].some((s) => asksFor(s, observed.asked));
  if (!found || observed === null || !isOurs(car, observed)) return moved(tick, meant);
  return back(tick, "lease", `whoever rolled out ${service} has fallen silent in the middle of a step`);
}

/** The holder lives: the guard only takes back what it sees break. */
function beside(tick: Tick): Decision {
  const { car, observed, service, ledger, train } = tick;
  const { candidate, confirmedAt } = car;
  const split = splitOf(tick);
  const watched = car.phase === "soaking" && train.stop === undefined && car.from !== null;
  if (!watched || observed === null || candidate === null || confirmedAt === null)
    return idle(tick, "the rollout is in good hands");
  if (!asksFor(split, observed.asked)) return idle(tick, `whoever rolls out ${service} sees its traffic too`);
  const result = yielded(tick, "soak");
  if (result === null || result.candidate !== candidate || result.percent !== split.percent)
    return {
      ledger,
      action: {
        kind: "measure",
        service,
        candidate,
        stable: car.from,
        percent: split.percent,
        since: confirmedAt,
      },
    };
  return result.verdict === "breach" ? back(tick, "breach", result.why) : idle(tick, result.why);
}

function idle({ ledger }: Tick, why: string): Decision {
  return { ledger, action: { kind: "end", outcome: "idle", why } };
}
