import { isAlive } from "../lease.ts";
import type { Instant, Ledger, ServiceRollout } from "../ledger.ts";
import { stepsOf } from "../ledger.ts";
import type { ObservedService } from "../observed.ts";
import { splitText } from "../split.ts";

/** Status of a service. */
export interface ServiceStatus {
  readonly service: string;
  /** Revision that is known to be good; null where none is. */
  readonly stable: string | null;
  /** "auth-00012-abc 100 %"; null where the service does not exist. */
  readonly serving: string | null;
  /** The newest revision. */
  readonly newest: string | null;
  /** Phase within the rollout that is under way, or that was the last. */
  readonly phase: ServiceRollout["phase"] | null;
  /** Warnings, one sentence each. */
  readonly notes: readonly string[];
}

export interface RolloutStatus {
  readonly environment: string;
  /** Status of the last rollout; null where there is none. */
  readonly rollout: {
    readonly id: string;
    readonly startedAt: string;
    /** "under way", "dead" where its lease has expired, or its outcome. */
    readonly state: string;
    readonly holder: string | null;
    readonly why: string | null;
  } | null;
  readonly services: readonly ServiceStatus[];
  /** True where everything declared serves, and no rollout is left unfinished. */
  readonly isFine: boolean;
}

/** @param observed by the service's name; null where it does not exist */
export function rolloutStatus(
  ledger: Ledger,
  observed: ReadonlyMap<string, ObservedService | null>,
  now: Instant,
): RolloutStatus {
  const services = [...observed].map(([service, found]) => serviceStatus(ledger, service, found));
  const rollout = lastRollout(ledger, now);
  return {
    environment: ledger.environment,
    rollout,
    services,
    isFine:
      (rollout === null || rollout.state === "completed" || rollout.state === "under way") &&
      services.every(({ notes }) => notes.length === 0),
  };
}

function lastRollout({ rollout }: Ledger, now: Instant): RolloutStatus["rollout"] {
  if (rollout === undefined) return null;
  const { id, startedAt, outcome, lease, stop } = rollout;
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
  const rollout = ledger.rollout;
  const progress = rollout?.services[service];
  const underWay = rollout !== undefined && rollout.outcome === undefined && progress !== undefined;
  const stable = record?.stable ?? null;
  const newest = found?.latestCreated ?? null;
  const blocked = record?.blocked.find(({ revision }) => revision === newest);
  const notes: string[] = [];
  if (found === null) {
    if (stable !== null) notes.push(`the ledger has ${stable} as stable, and the service does not exist`);
  } else if (blocked !== undefined)
    notes.push(
      `${blocked.revision} is declared and was rolled back at ${new Date(blocked.at).toISOString()}: ${blocked.why}`,
    );
  else if (found.terminal === "failed") notes.push(`the last change failed: ${found.message}`);
  else if (!underWay && stable !== null && newest !== stable)
    notes.push(`${newest} is declared and not rolled out yet`);
  if (found !== null && !underWay && stable !== null && splitText(found.serving) !== `${stable} 100 %`)
    notes.push(`stable is ${stable} in the ledger, and ${splitText(found.serving)} serves`);
  if (found !== null && stable === null && !underWay)
    notes.push(`the ledger has no last known good revision: the next rollout adopts what serves`);
  if (underWay && progress.why !== undefined) notes.push(progress.why);
  return {
    service,
    stable,
    serving: found === null ? null : splitText(found.serving),
    newest,
    phase: progress?.phase ?? null,
    notes,
  };
}

/**
 * The status as lines for a terminal.
 *
 * @param hasWatchdog whether the environment has a rollback watchdog: not with local states
 */
export function statusLines(status: RolloutStatus, ledger: Ledger, hasWatchdog: boolean): string[] {
  const { environment, rollout, services } = status;
  return [
    rollout === null
      ? `${environment}: no rollout yet`
      : `${environment}: rollout ${rollout.id} of ${rollout.startedAt}: ${rollout.state}${rollout.state === "under way" ? ` (${rollout.holder})` : ""}`,
    ...(rollout?.why ? [`  ${rollout.why}`] : []),
    ...(rollout?.state === "dead"
      ? [
          `  the process has stopped: "npm run rollout -- resume|abort ${environment}"; ${hasWatchdog ? "the rollback watchdog restores stable where a candidate has traffic" : "there is no rollback watchdog, because the state is local"}`,
        ]
      : []),
    ...services.flatMap(({ service, stable, serving, phase, notes }) => [
      `  ${service}: ${serving ?? "does not exist"}; stable ${stable ?? "unknown"}${phase === null ? "" : `; ${phase}${stepText(ledger, service)}`}`,
      ...notes.map((note) => `    ${note}`),
    ]),
  ];
}

function stepText({ rollout }: Ledger, service: string): string {
  const progress = rollout?.services[service];
  if (rollout === undefined || progress === undefined) return "";
  if (progress.phase !== "shifting" && progress.phase !== "soaking") return "";
  const since = progress.confirmedAt === null ? "" : ` since ${new Date(progress.confirmedAt).toISOString()}`;
  return ` at ${stepsOf(rollout, progress)[progress.step] ?? 0} %${since}`;
}
