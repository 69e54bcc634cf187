import { monitoringLimits } from "../limits.ts";
import { platformNames } from "../names.ts";
import type { Environment, Service } from "../schema/environment.ts";
import type { Seconds } from "../units.ts";
import type { Series } from "./alert.ts";
import { trafficOf } from "./traffic.ts";

/** What share of a service's requests must be good over the period. */
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

/** `objectives.latency` is this percentile, so this share of requests must be faster. */
const LATENCY_GOAL = 0.95;

/** Availability and latency of every service. */
export function objectives(environment: Environment): Objective[] {
  const names = platformNames(environment);
  return environment.services.flatMap((service): Objective[] => {
    const { requests, errors, latencies } = trafficOf(service, names);
    const { availability } = environment.objectives;
    const latency = latencyOf(environment, service);
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

/** 95th percentile that a service has to keep: its own, or that of all. */
export function latencyOf(environment: Environment, service: Service): Seconds {
  return service.latency ?? environment.objectives.latency;
}
