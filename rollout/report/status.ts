import { isAlive } from "../lease.ts";
import type { Car, Instant, Ledger } from "../ledger.ts";
import { stepsOf } from "../ledger.ts";
import type { ObservedService } from "../observed.ts";
import { splitText } from "../split.ts";

/** Where a service stands, for a person and for a machine. */
export interface ServiceStatus {
  readonly service: string;
  /** Revision that is known to be good; null where none is. */
  readonly stable: string | null;
  /** "auth-00012-abc 100 %"; null where the service does not exist. */
  readonly serving: string | null;
  /** The newest revision. */
  readonly newest: string | null;
  /** Phase within the train that is under way, or that was the last. */
  readonly phase: Car["phase"] | null;
  /** What a person has to know, one sentence each; empty where all is well. */
  readonly notes: readonly string[];
}

export interface RolloutStatus {
  readonly environment: string;
  /** Where the last rollout stands; null where there was none. */
  readonly train: {
    readonly id: string;
    readonly startedAt: string;
    /** "under way", "dead" where nobody ticks any more, or how it ended. */
    readonly state: string;
    readonly holder: string | null;
    readonly why: string | null;
  } | null;
  readonly services: readonly ServiceStatus[];
  /** True where everything that is declared serves, and no rollout was left behind. */
  readonly isFine: boolean;
}

/** @param observed by the service's name; null where it does not exist */
export function rolloutStatus(
  ledger: Ledger,
  observed: ReadonlyMap<string, ObservedService | null>,
  now: Instant,
): RolloutStatus {
  const services = [...observed].map(([service, found]) => serviceStatus(ledger, service, found));
  const train = trainStatus(ledger, now);
  return {
    environment: ledger.environment,
    train,
    services,
    isFine:
      (train === null || train.state === "completed" || train.state === "under way") &&
      services.every(({ notes }) => notes.length === 0),
  };
}

function trainStatus({ train }: Ledger, now: Instant): RolloutStatus["train"] {
  if (train === undefined) return null;
  const { id, startedAt, outcome, lease, stop } = train;
  return {
    id,
    startedAt: new Date(startedAt).toISOString(),
    state: outcome ?? (isAlive(lease, now) ? "under way" : "dead"),
    holder: lease?.holder ?? null,
    why: stop === undefined ? null : `${stop.service}: ${stop.why}`,
  };
}

function serviceStatus(ledger: Ledger, service: string, found: ObservedService | null): ServiceStatus {
  const record = ledger.services[service];
  const train = ledger.train;
  const car = train?.cars[service];
  const underWay = train !== undefined && train.outcome === undefined && car !== undefined;
  const stable = record?.stable ?? null;
  const newest = found?.latestCreated ?? null;
  const frozen = record?.frozen.find(({ revision }) => revision === newest);
  const notes: string[] = [];
  if (found === null) {
    if (stable !== null) notes.push(`the ledger says that ${stable} serves, and there is no such service`);
  } else if (frozen !== undefined)
    notes.push(
      `${frozen.revision} is declared and was rolled back at ${new Date(frozen.at).toISOString()}: ${frozen.why}`,
    );
  else if (found.terminal === "failed") notes.push(`the last change failed: ${found.message}`);
  else if (!underWay && stable !== null && newest !== stable)
    notes.push(`${newest} is declared and was not rolled out yet`);
  if (found !== null && !underWay && stable !== null && splitText(found.serving) !== `${stable} 100 %`)
    notes.push(`the ledger says ${stable} is good, and ${splitText(found.serving)} serves`);
  if (found !== null && stable === null && !underWay)
    notes.push(`no ledger knows which revision is good: the next rollout takes what serves`);
  if (underWay && car.why !== undefined) notes.push(car.why);
  return {
    service,
    stable,
    serving: found === null ? null : splitText(found.serving),
    newest,
    phase: car?.phase ?? null,
    notes,
  };
}

/**
 * The status as lines for a terminal.
 *
 * @param guarded whether a guard looks after rollouts: not where states are local
 */
export function statusLines(status: RolloutStatus, ledger: Ledger, guarded: boolean): string[] {
  const { environment, train, services } = status;
  return [
    train === null
      ? `${environment}: no rollout yet`
      : `${environment}: rollout ${train.id} of ${train.startedAt}: ${train.state}${train.state === "under way" ? ` (${train.holder})` : ""}`,
    ...(train?.why ? [`  ${train.why}`] : []),
    ...(train?.state === "dead"
      ? [
          `  nobody ticks any more: "npm run rollout -- resume|abort ${environment}"; ${guarded ? "the guard takes back what is under traffic" : "no guard takes anything back, because the state is local"}`,
        ]
      : []),
    ...services.flatMap(({ service, stable, serving, phase, notes }) => [
      `  ${service}: ${serving ?? "not there"}; stable ${stable ?? "not known"}${phase === null ? "" : `; ${phase}${stepText(ledger, service)}`}`,
      ...notes.map((note) => `    ${note}`),
    ]),
  ];
}

function stepText({ train }: Ledger, service: string): string {
  const car = train?.cars[service];
  if (train === undefined || car === undefined) return "";
  if (car.phase !== "shifting" && car.phase !== "soaking") return "";
  const since = car.confirmedAt === null ? "" : ` since ${new Date(car.confirmedAt).toISOString()}`;
  return ` at ${stepsOf(train, car)[car.step] ?? 0} %${since}`;
}
