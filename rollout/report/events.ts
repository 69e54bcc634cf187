import { type Instant, type Ledger, type Phase, type ServiceRollout, stepsOf } from "../ledger.ts";

/** An event of a rollout: one line in CI. */
export interface RolloutEvent {
  readonly at: Instant;
  /** undefined: about the rollout. */
  readonly service?: string;
  readonly severity: "INFO" | "WARNING" | "ERROR";
  readonly text: string;
}

/** A call that failed and is retried. */
export function warning(at: Instant, text: string): RolloutEvent {
  return { at, severity: "WARNING", text: oneLine(text) };
}

/** Events of a change of the ledger, in order. */
export function eventsBetween(before: Ledger, after: Ledger, at: Instant): RolloutEvent[] {
  const { rollout } = after;
  if (rollout === undefined) return [];
  const stop = before.rollout?.stop === undefined ? rollout.stop : undefined;
  const services = rollout.order.flatMap((service) => {
    const progress = rollout.services[service];
    return progress === undefined
      ? []
      : serviceEvents(service, before.rollout?.services[service], progress, stepsOf(rollout, progress), at);
  });
  return [
    ...services,
    ...(stop === undefined
      ? []
      : [
          {
            at,
            service: stop.service,
            severity: "ERROR" as const,
            text: oneLine(`the rollout stops (${stop.reason}): ${stop.why}`),
          },
        ]),
    ...(rollout.outcome === undefined || before.rollout?.outcome !== undefined
      ? []
      : [
          {
            at,
            severity: rollout.outcome === "completed" ? ("INFO" as const) : ("ERROR" as const),
            text: `rollout ${rollout.id}: ${rollout.outcome}`,
          },
        ]),
  ];
}

function serviceEvents(
  service: string,
  before: ServiceRollout | undefined,
  after: ServiceRollout,
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
  "rolling back": "ERROR",
  reverting: "WARNING",
  failed: "ERROR",
  "rollback failed": "ERROR",
  "externally modified": "ERROR",
};

function phaseText(progress: ServiceRollout, steps: readonly number[]): string | undefined {
  const percent = steps[progress.step] ?? 0;
  const { candidate, from, why = "" } = progress;
  switch (progress.phase) {
    case "applying":
      return from === null ? "is being created" : `applying; ${from} keeps the traffic`;
    case "shifting":
      return `${percent} % to ${candidate}`;
    case "soaking":
      return `${candidate} has ${percent} %, soak started`;
    case "promoting":
      return `${candidate} is stable`;
    case "promoted":
      return why === "" ? "promoted" : `promoted: ${why}`;
    case "unchanged":
      return "nothing to roll out";
    case "rolling back":
      return `rolling back to ${progress.intent?.after.stable ?? from}: ${why}`;
    case "rolled back":
      return `rolled back to ${progress.intent?.after.stable ?? from}`;
    case "reverting":
      return `reverting to ${from} with the rollout`;
    case "reverted":
      return `reverted to ${from}`;
    case "failed":
      return `failed before it got any traffic: ${why}`;
    case "rollback failed":
      return `rollback failed, action required: ${why}`;
    case "externally modified":
      return why;
    default:
      return undefined;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, "; ");
}
