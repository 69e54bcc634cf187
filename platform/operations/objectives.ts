import { monitoringLimits } from "../../resources/limits.ts";
import type { PlatformNames } from "../names.ts";
import type { Environment, Service } from "../schema/environment.ts";
import type { Seconds } from "../units.ts";
import type { Series } from "./alert.ts";
import { trafficOf } from "./traffic.ts";

/** The share of a service's requests that must be good over the period. */
export interface Objective {
  /** "backend-availability"; also part of Google's id. */
  readonly id: string;
  readonly service: string;
  readonly kind: "availability" | "latency";
  readonly title: string;
  /** Share of good requests, below 1. */
  readonly goal: number;
  readonly days: number;
  readonly indicator:
    | { readonly kind: "ratio"; readonly bad: Series; readonly total: Series }
    | { readonly kind: "distribution"; readonly latencies: Series; readonly milliseconds: number };
}

/** `objectives.latency` is this percentile, so that this share of requests must be faster. */
const LATENCY_GOAL = 0.95;

/** Availability and latency of every service. */
export function serviceObjectives(
  plan: Pick<Environment, "services" | "objectives"> & { readonly names: PlatformNames },
): Objective[] {
  const { services, objectives, names } = plan;
  const { availability } = objectives;
  return services.flatMap((service): Objective[] => {
    const { requests, errors, latencies } = trafficOf(service, names);
    const latency = latencyOf(objectives, service);
    const common = { service: service.name, days: monitoringLimits.objectiveRollingDaysHigh.value };
    return [
      {
        ...common,
        id: `${service.name}-availability`,
        kind: "availability",
        title: `${service.name}: ${availability * 100}% of requests succeed`,
        goal: availability,
        indicator: { kind: "ratio", bad: errors, total: requests },
      },
      {
        ...common,
        id: `${service.name}-latency`,
        kind: "latency",
        title: `${service.name}: ${LATENCY_GOAL * 100}% of requests take less than ${latency} s`,
        goal: LATENCY_GOAL,
        indicator: { kind: "distribution", latencies, milliseconds: latency * 1000 },
      },
    ];
  });
}

/** Latency objective of a service, 95th percentile: its own, or that of all services. */
export function latencyOf({ latency }: Environment["objectives"], service: Service): Seconds {
  return service.latency ?? latency;
}
