import { monitoringLimits } from "../../resources/limits.ts";
import type { PlatformNames } from "../names.ts";
import { checkedWorkloads } from "../preflight/preflight.ts";
import type { Environment } from "../schema/environment.ts";
import { type Seconds, seconds } from "../units.ts";

/** The scheduled preflight of one service, job or worker pool, from inside the network. */
export interface ScheduledProbe {
  readonly service: string;
  /** Cloud Run job that is run. */
  readonly job: string;
  /** Unix cron, UTC. */
  readonly schedule: string;
  /** Deadline for starting the job; the run itself may take longer. */
  readonly deadline: Seconds;
}

/** Period of the runs: two consecutive failures are noticed within ten minutes. */
export const probePeriod = seconds(300);

/** One for each with a preflight. */
export function scheduledProbes(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "preflight"> & {
    readonly names: PlatformNames;
  },
): ScheduledProbe[] {
  const { names } = plan;
  return checkedWorkloads(plan).map(({ name }) => ({
    service: name,
    job: names.preflightJob(name),
    schedule: `*/${probePeriod / 60} * * * *`,
    deadline: seconds(monitoringLimits.alignmentLow.value),
  }));
}
