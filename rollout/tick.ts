import type { Action } from "./action.ts";
import type {
  Car,
  Instant,
  Ledger,
  Phase,
  RecordedVerdict,
  ServiceRecord,
  Stop,
  StopReason,
  Train,
} from "./ledger.ts";
import type { Measured } from "./measured.ts";
import type { ObservedService } from "./observed.ts";
import type { Settings } from "./settings.ts";

/** Everything that a phase decides by. */
export interface Tick {
  readonly ledger: Ledger;
  readonly train: Train;
  readonly service: string;
  readonly car: Car;
  readonly observed: ObservedService | null;
  readonly measured: Measured;
  readonly now: Instant;
  readonly settings: Settings;
  /** The process before this one fell silent, and may have done more than it wrote down. */
  readonly tookOver: boolean;
}

export interface Decision {
  readonly action: Action;
  readonly ledger: Ledger;
}

/** What the action of this kind yielded about this service, at this tick. */
export function yielded<Kind extends NonNullable<Measured>["kind"]>(
  { measured, service }: Tick,
  kind: Kind,
): Extract<NonNullable<Measured>, { kind: Kind }> | null {
  if (measured?.kind !== kind || measured.service !== service) return null;
  return measured as Extract<NonNullable<Measured>, { kind: Kind }>;
}

/** The ledger with the car changed. */
export function changed(ledger: Ledger, service: string, change: Partial<Car>): Ledger {
  const { train } = ledger;
  const car = train?.cars[service];
  if (train === undefined || car === undefined) return ledger;
  return { ...ledger, train: { ...train, cars: { ...train.cars, [service]: { ...car, ...change } } } };
}

/** The ledger with the car in a new phase. */
export function entered({ ledger, service, now }: Tick, phase: Phase, change: Partial<Car> = {}): Ledger {
  return changed(ledger, service, { ...change, phase, since: now });
}

/** The ledger with the record of the service changed. */
export function recorded(ledger: Ledger, service: string, record: ServiceRecord): Ledger {
  return { ...ledger, services: { ...ledger.services, [service]: record } };
}

/** The ledger with the reason why the train goes no further; the first reason stays. */
export function halted(ledger: Ledger, stop: Stop): Ledger {
  const { train } = ledger;
  if (train === undefined || train.stop !== undefined) return ledger;
  return { ...ledger, train: { ...train, stop } };
}

export function stopOf({ service, now }: Tick, reason: StopReason, why: string): Stop {
  return { reason, service, why, at: now };
}

/** The car's verdicts with one more. */
export function judged(
  { car, now }: Tick,
  what: RecordedVerdict["what"],
  verdict: RecordedVerdict["verdict"],
  why: string,
  percent?: number,
): { readonly verdicts: readonly RecordedVerdict[] } {
  const one = { what, verdict, why, at: now, ...(percent === undefined ? {} : { percent }) };
  return { verdicts: [...car.verdicts, one] };
}

/** The ledger changed, and the next tick comes at once. */
export function goOn(ledger: Ledger, why: string): Decision {
  return { ledger, action: { kind: "look", after: 0, why } };
}

/** Nothing changed; the next tick comes after the usual pause. */
export function lookAgain({ ledger, settings }: Tick, why: string): Decision {
  return { ledger, action: { kind: "look", after: settings.tick, why } };
}
