import { type Car, type Instant, type Ledger, type Phase, stepsOf } from "../ledger.ts";

/** Something that happened: one line in CI. */
export interface RolloutEvent {
  readonly at: Instant;
  /** undefined: about the train. */
  readonly service?: string;
  readonly severity: "INFO" | "WARNING" | "ERROR";
  readonly text: string;
}

/** Something outside did not answer; it is tried again. */
export function trouble(at: Instant, text: string): RolloutEvent {
  return { at, severity: "WARNING", text: oneLine(text) };
}

/** What a change of the ledger tells, in order. */
export function eventsBetween(before: Ledger, after: Ledger, at: Instant): RolloutEvent[] {
  const { train } = after;
  if (train === undefined) return [];
  const stop = before.train?.stop === undefined ? train.stop : undefined;
  const cars = train.order.flatMap((service) => {
    const car = train.cars[service];
    return car === undefined
      ? []
      : carEvents(service, before.train?.cars[service], car, stepsOf(train, car), at);
  });
  return [
    ...cars,
    ...(stop === undefined
      ? []
      : [
          {
            at,
            service: stop.service,
            severity: "ERROR" as const,
            text: oneLine(`the rollout goes no further (${stop.reason}): ${stop.why}`),
          },
        ]),
    ...(train.outcome === undefined || before.train?.outcome !== undefined
      ? []
      : [
          {
            at,
            severity: train.outcome === "completed" ? ("INFO" as const) : ("ERROR" as const),
            text: `rollout ${train.id}: ${train.outcome}`,
          },
        ]),
  ];
}

function carEvents(
  service: string,
  before: Car | undefined,
  after: Car,
  steps: readonly number[],
  at: Instant,
): RolloutEvent[] {
  const verdicts = after.verdicts.slice(before?.verdicts.length ?? 0).map(
    ({ what, percent, verdict, why }): RolloutEvent => ({
      at,
      service,
      severity: verdict === "passed" ? "INFO" : verdict === "failed" ? "ERROR" : "WARNING",
      text: oneLine(`${what}${percent === undefined ? "" : ` at ${percent} %`} ${verdict}: ${why}`),
    }),
  );
  const same = before?.phase === after.phase && before.step === after.step;
  const text = same ? undefined : phaseText(after, steps);
  if (text === undefined) return verdicts;
  return [...verdicts, { at, service, severity: SEVERITY[after.phase] ?? "INFO", text: oneLine(text) }];
}

const SEVERITY: Partial<Record<Phase, RolloutEvent["severity"]>> = {
  returning: "ERROR",
  undoing: "WARNING",
  failed: "ERROR",
  stranded: "ERROR",
  left: "ERROR",
};

function phaseText(car: Car, steps: readonly number[]): string | undefined {
  const percent = steps[car.step] ?? 0;
  const { candidate, from, why = "" } = car;
  switch (car.phase) {
    case "applying":
      return from === null ? "is being created" : `applying; ${from} keeps the traffic`;
    case "shifting":
      return `${percent} % to ${candidate}`;
    case "soaking":
      return `${candidate} has ${percent} %, watched from now on`;
    case "promoting":
      return `${candidate} is stable`;
    case "promoted":
      return why === "" ? "promoted" : `promoted: ${why}`;
    case "unchanged":
      return "nothing to roll out";
    case "returning":
      return `back to ${car.intent?.after.stable ?? from}: ${why}`;
    case "rolled back":
      return `back at ${car.intent?.after.stable ?? from}`;
    case "undoing":
      return `back to ${from}, with the train`;
    case "undone":
      return `back at ${from}`;
    case "failed":
      return `failed before it got any traffic: ${why}`;
    case "stranded":
      return `no way back, a person has to look: ${why}`;
    case "left":
      return why;
    default:
      return undefined;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, "; ");
}
