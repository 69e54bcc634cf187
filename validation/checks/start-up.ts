import type { PlatformPlan } from "../../platform/plan.ts";
import type { Service } from "../../platform/schema/environment.ts";
import { failed, passed, type Result, skipped, type Task } from "../check.ts";

/** Metrics of one service's containers. */
export interface StartupMetrics {
  /** Containers that became ready. */
  readonly starts: number;
  /** 99th percentile of the time from start to ready, in seconds; undefined where none started. */
  readonly slowest: number | undefined;
  /** Containers that Cloud Run killed because a start-up or liveness probe failed. */
  readonly killed: number;
}

export interface Metrics {
  /**
   * @param service its name in Cloud Run
   * @param lookback seconds
   */
  startups(service: string, lookback: number, signal: AbortSignal): Promise<StartupMetrics>;
}

/** Start-up latency against the window, and restarts, from Cloud Run's own metrics. */
export function startupTasks(
  plan: Pick<PlatformPlan, "deadlines" | "names" | "services" | "validation">,
  metrics: Metrics,
): Task[] {
  const names = plan.names;
  return plan.services.map((service) => ({
    title: `start-up of ${service.name}`,
    run: async (signal) =>
      judged(
        plan,
        service,
        await metrics.startups(names.service(service.name), plan.validation.startupLookback, signal),
      ),
  }));
}

function judged(
  plan: Pick<PlatformPlan, "deadlines" | "validation">,
  service: Service,
  measured: StartupMetrics,
): Result[] {
  const { startupLookback } = plan.validation;
  const minutes = Math.round(startupLookback / 60);
  const window = plan.deadlines.startupWindow;
  const about = (what: string) =>
    ({ category: "start-up", subject: `${service.name}: ${what}`, seconds: 0 }) as const;
  const restarts = about("restarts");
  const { killed, starts, slowest } = measured;
  return [
    slowest === undefined
      ? skipped(about("latency"), `no container started in the last ${minutes} minutes`)
      : latency(about("latency"), slowest, window, starts),
    killed === 0
      ? passed(restarts, `no probe failed in the last ${minutes} minutes`)
      : failed(
          restarts,
          `${killed} start-up or liveness probes failed in the last ${minutes} minutes, each of which restarts a container`,
          "application",
          "start-up-timeouts",
        ),
  ];
}

function latency(
  about: { category: "start-up"; subject: string; seconds: number },
  slowest: number,
  window: number,
  starts: number,
): Result {
  const found = `99th percentile of ${starts} starts is ${slowest.toFixed(0)} s, window ${window} s`;
  if (slowest < window) return passed(about, found);
  return failed(
    about,
    `${found}: containers are killed before they are ready`,
    "infrastructure",
    "start-up-timeouts",
  );
}
