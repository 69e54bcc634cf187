import type { Action } from "./action.ts";
import type { Decision } from "./decision.ts";
import type { Instant, Lease } from "./ledger.ts";
import type { Settings } from "./settings.ts";

export function isAlive(lease: Lease | null, now: Instant): lease is Lease {
  return lease !== null && now < lease.expires;
}

/** The decision with the lease held by this process, long enough for its action. Renewed only when half of it has passed. */
export function leased(decision: Decision, now: Instant, settings: Settings): Decision {
  const { rollout } = decision.ledger;
  if (rollout === undefined || rollout.outcome !== undefined) return decision;
  const expires = now + settings.lease + longest(decision.action, settings);
  const { lease } = rollout;
  const left = lease?.holder === settings.holder ? lease.expires : 0;
  // Nor longer: a lease granted for an apply would keep the watchdog waiting while a split is in effect.
  if (left >= expires - settings.lease / 2 && left <= expires) return decision;
  return {
    ...decision,
    ledger: { ...decision.ledger, rollout: { ...rollout, lease: { holder: settings.holder, expires } } },
  };
}

/** Milliseconds that the action may take without an iteration. */
function longest({ kind }: Action, { apply, gate }: Settings): number {
  if (kind === "apply" || kind === "prove" || kind === "check") return apply;
  return kind === "gate" ? gate : 0;
}
