import type { Action } from "./action.ts";
import type { ActionResult } from "./action-result.ts";
import type {
  Instant,
  Ledger,
  Phase,
  RecordedVerdict,
  Rollout,
  ServiceRecord,
  ServiceRollout,
  Stop,
  StopReason,
} from "./ledger.ts";
import type { ObservedService } from "./observed.ts";
import type { Settings } from "./settings.ts";

/** Everything that a phase decides on. */
export interface ReconcileContext {
  readonly ledger: Ledger;
  readonly rollout: Rollout;
  readonly service: string;
  readonly progress: ServiceRollout;
  readonly observed: ObservedService | null;
  readonly lastResult: ActionResult;
  readonly now: Instant;
  readonly settings: Settings;
  /** The lease of the previous process has expired; it may have done more than the ledger says. */
  readonly tookOver: boolean;
}

export interface Decision {
  readonly action: Action;
  readonly ledger: Ledger;
}

/** Result of the last action, where it is of this kind and about this service. */
export function resultOf<Kind extends NonNullable<ActionResult>["kind"]>(
  { lastResult, service }: ReconcileContext,
  kind: Kind,
): Extract<NonNullable<ActionResult>, { kind: Kind }> | null {
  if (lastResult?.kind !== kind || lastResult.service !== service) return null;
  return lastResult as Extract<NonNullable<ActionResult>, { kind: Kind }>;
}

/** The ledger with the service changed. */
export function changed(ledger: Ledger, service: string, change: Partial<ServiceRollout>): Ledger {
  const { rollout } = ledger;
  const progress = rollout?.services[service];
  if (rollout === undefined || progress === undefined) return ledger;
  return {
    ...ledger,
    rollout: { ...rollout, services: { ...rollout.services, [service]: { ...progress, ...change } } },
  };
}

/** The ledger with the service in a new phase. */
export function inPhase(
  { ledger, service, now }: ReconcileContext,
  phase: Phase,
  change: Partial<ServiceRollout> = {},
): Ledger {
  return changed(ledger, service, { ...change, phase, since: now });
}

/** The ledger with the record of the service changed. */
export function withRecord(ledger: Ledger, service: string, record: ServiceRecord): Ledger {
  return { ...ledger, services: { ...ledger.services, [service]: record } };
}

/** The ledger with the reason why the rollout stops; the first reason stays. */
export function withStop(ledger: Ledger, stop: Stop): Ledger {
  const { rollout } = ledger;
  if (rollout === undefined || rollout.stop !== undefined) return ledger;
  return { ...ledger, rollout: { ...rollout, stop } };
}

export function stopFor({ service, now }: ReconcileContext, reason: StopReason, why: string): Stop {
  return { reason, service, why, at: now };
}

/** The service's verdicts with one more. */
export function judged(
  { progress, now }: ReconcileContext,
  what: RecordedVerdict["what"],
  verdict: RecordedVerdict["verdict"],
  why: string,
  percent?: number,
): { readonly verdicts: readonly RecordedVerdict[] } {
  const one = { what, verdict, why, at: now, ...(percent === undefined ? {} : { percent }) };
  return { verdicts: [...progress.verdicts, one] };
}

/** The ledger changed: reconcile again at once. */
export function proceed(ledger: Ledger, why: string): Decision {
  return { ledger, action: { kind: "requeue", after: 0, why } };
}

/** Nothing changed: reconcile again after the interval. */
export function requeue({ ledger, settings }: ReconcileContext, why: string): Decision {
  return { ledger, action: { kind: "requeue", after: settings.interval, why } };
}
