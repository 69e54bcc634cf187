import { type ConnectionBudget, connectionBudget } from "../connection-budget.ts";
import { cloudRunLimits, monitoringLimits } from "../limits.ts";
import { type PlatformNames, platformNames } from "../names.ts";
import type { Environment } from "../schema/environment.ts";
import { type TimeBudget, timeBudget } from "../time-budget.ts";
import { type Seconds, seconds } from "../units.ts";

/** What every alert is derived from. */
export interface Context {
  readonly environment: Environment;
  readonly names: PlatformNames;
  readonly connections: ConnectionBudget;
  readonly time: TimeBudget;
  readonly windows: Windows;
  /** "--project=acme-staging", for commands. */
  readonly project: string;
  /** "--region=us-central1 --project=acme-staging", for commands. */
  readonly place: string;
}

/** How long something must last before somebody hears of it. */
export interface Windows {
  /** The shortest period that Monitoring aligns to. */
  readonly minute: Seconds;
  /** What connector scaling and database pressure take together: shorter trouble heals by itself (incident I-4). */
  readonly brief: Seconds;
  /** The soak of a rollout: what lasts longer is no rollout's side effect. A soak of hours makes no alert wait for hours. */
  readonly sustained: Seconds;
  /** The start-up window: what a starting service may take. */
  readonly startup: Seconds;
}

export function context(environment: Environment): Context {
  const { deadlines, project, region } = environment;
  const time = timeBudget(environment);
  return {
    environment,
    names: platformNames(environment),
    connections: connectionBudget(environment),
    time,
    windows: {
      minute: seconds(monitoringLimits.alignmentLow.value),
      brief: wholeMinutes(deadlines.connectorScaling + deadlines.databasePressure),
      sustained: wholeMinutes(Math.min(deadlines.soak, cloudRunLimits.startupWindow.value)),
      startup: time.alertWindow,
    },
    project: `--project=${project}`,
    place: `--region=${region} --project=${project}`,
  };
}

/** Rounded up: Monitoring takes durations in whole minutes, at least one. */
export function wholeMinutes(duration: number): Seconds {
  const step = monitoringLimits.durationStep.value;
  return seconds(Math.max(1, Math.ceil(duration / step)) * step);
}
