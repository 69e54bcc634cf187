import { monitoringLimits } from "../limits.ts";
import type { PlatformNames } from "../names.ts";
import { needsPreflight } from "../preflight.ts";
import type { Service } from "../schema/environment.ts";
import { type Seconds, seconds } from "../units.ts";

/** The preflight of one service, run over and over from inside the network. */
export interface ScheduledProbe {
  readonly service: string;
  /** Cloud Run job that is run. */
  readonly job: string;
  /** Unix cron, UTC. */
  readonly schedule: string;
  /** Starting the job must not take longer; the run itself goes on. */
  readonly deadline: Seconds;
}

/** Between two runs. Two failures in a row are noticed within ten minutes, half of an hour's error budget at 99.9%. */
export const probePeriod = seconds(300);

/** A service that needs nothing has no preflight. */
export function scheduledProbes(services: readonly Service[], names: PlatformNames): ScheduledProbe[] {
  return services.filter(needsPreflight).map(({ name }) => ({
    service: name,
    job: names.preflightJob(name),
    schedule: `*/${probePeriod / 60} * * * *`,
    deadline: seconds(monitoringLimits.alignmentLow.value),
  }));
}
