import { UserError } from "../platform/user-error.ts";
import type { Instant, Ledger, ServiceRollout } from "./ledger.ts";
import type { ObservedService } from "./observed.ts";
import { splitText } from "./split.ts";

export interface StartOptions {
  readonly id: string;
  /** In the order of `rolloutOrder`. */
  readonly order: readonly string[];
  readonly steps: readonly number[];
  /** Steps of services that have their own. @default none */
  readonly stepsOf?: Readonly<Record<string, readonly number[]>>;
  readonly again: boolean;
  /** Planned image by digest, by service. */
  readonly images: Readonly<Record<string, string>>;
  readonly holder: string;
  /** Milliseconds. */
  readonly lease: number;
}

/**
 * The ledger with a new rollout. Nothing has been observed yet.
 *
 * @throws UserError where a rollout is under way, or a service has no image
 */
export function startRollout(ledger: Ledger, wanted: StartOptions, now: Instant): Ledger {
  const { rollout } = ledger;
  if (rollout !== undefined && rollout.outcome === undefined)
    throw new UserError(
      `A rollout of ${ledger.environment} is under way (${rollout.id}): resume it or abort it with "npm run rollout -- resume|abort ${ledger.environment}".`,
    );
  const { id, order, steps, again, images, holder, lease } = wanted;
  const progress = (service: string): ServiceRollout => {
    const image = images[service];
    if (image === undefined) throw new UserError(`${ledger.environment} has no service ${service}.`);
    const record = ledger.services[service];
    const own = wanted.stepsOf?.[service];
    return {
      phase: "waiting",
      since: now,
      from: record?.stable ?? null,
      fromImage: record?.image ?? null,
      image,
      candidate: null,
      template: null,
      ...(own === undefined ? {} : { steps: own }),
      step: -1,
      intent: null,
      confirmedAt: null,
      verdicts: [],
    };
  };
  const services = Object.fromEntries(order.map((service) => [service, progress(service)]));
  return {
    ...ledger,
    rollout: { id, startedAt: now, order, steps, again, lease: { holder, expires: now + lease }, services },
  };
}

/**
 * The ledger with a request to roll back. The holder of the lease executes it in the next iteration.
 *
 * @throws UserError where no rollout is under way
 */
export function abort(ledger: Ledger, why: string, now: Instant): Ledger {
  const { rollout } = ledger;
  if (rollout === undefined || rollout.outcome !== undefined)
    throw new UserError(`No rollout of ${ledger.environment} is under way: there is nothing to abort.`);
  if (rollout.stop !== undefined) return ledger;
  const service = activeService(ledger) ?? rollout.order[0] ?? "";
  return { ...ledger, rollout: { ...rollout, stop: { reason: "abort", service, why, at: now } } };
}

/**
 * Takes the serving revision as last known good: a person's decision, for services that were created without a rollout,
 * and after an external change of the traffic.
 *
 * @throws UserError where no single ready revision has all the traffic, or a rollout is under way
 */
export function adopt(ledger: Ledger, observed: ObservedService): Ledger {
  const { service, serving, revisions } = observed;
  if (ledger.rollout !== undefined && ledger.rollout.outcome === undefined)
    throw new UserError(
      `A rollout of ${ledger.environment} is under way: end it before you adopt ${service}.`,
    );
  const [only, ...others] = serving.filter(({ percent }) => percent > 0);
  const revision = only === undefined ? undefined : revisions[only.revision];
  if (only === undefined || others.length > 0 || revision === undefined || !revision.ready)
    throw new UserError(
      `${service} cannot be adopted: ${splitText(serving)}; one ready revision must have all the traffic.`,
    );
  const known = ledger.services[service];
  if (known?.stable === only.revision) return ledger;
  const record = {
    stable: only.revision,
    image: revision.image,
    blocked: (known?.blocked ?? []).filter(({ template }) => template !== revision.template),
  };
  return { ...ledger, services: { ...ledger.services, [service]: record } };
}

/**
 * The ledger without a service that does not exist: its next creation is a first one. A person's decision.
 *
 * @throws UserError where a rollout is under way
 */
export function forget(ledger: Ledger, service: string): Ledger {
  if (ledger.services[service] === undefined) return ledger;
  if (ledger.rollout !== undefined && ledger.rollout.outcome === undefined)
    throw new UserError(
      `A rollout of ${ledger.environment} is under way: end it before ${service} is removed from the ledger.`,
    );
  const { [service]: _gone, ...services } = ledger.services;
  return { ...ledger, services };
}

const ENDED = new Set<ServiceRollout["phase"]>([
  "promoted",
  "unchanged",
  "rolled back",
  "reverted",
  "failed",
  "rollback failed",
  "externally modified",
]);
const NOT_STARTED = new Set<ServiceRollout["phase"]>(["waiting", "checked"]);
/** After these, promoted services are reverted too: the system was affected, or a person asked for it. */
const TAKES_ALL_BACK = new Set(["breach", "inconclusive", "abort"]);

/** The service of the next iteration, the only one that has to be observed. null: nothing is left to do. */
export function activeService({ rollout }: Ledger): string | null {
  if (rollout === undefined || rollout.outcome !== undefined) return null;
  const first = (wanted: (progress: ServiceRollout) => boolean, services = rollout.order): string | null =>
    services.find((service) => {
      const progress = rollout.services[service];
      return progress !== undefined && wanted(progress);
    }) ?? null;
  const underWay = first(({ phase }) => !ENDED.has(phase) && !NOT_STARTED.has(phase));
  if (underWay !== null) return underWay;
  if (rollout.stop === undefined)
    return first(({ phase }) => phase === "waiting") ?? first(({ phase }) => phase === "checked");
  if (!TAKES_ALL_BACK.has(rollout.stop.reason)) return null;
  return first(({ phase, from }) => phase === "promoted" && from !== null, rollout.order.toReversed());
}
