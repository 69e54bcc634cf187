import { cloudRunLimits } from "../../resources/limits.ts";
import { servicesEverywhere } from "../regions/regions.ts";
import type { Environment, Service } from "../schema/environment.ts";
import { type Seconds, seconds } from "../units.ts";

/** The tag under which a revision without traffic is reached. */
export const CANDIDATE_TAG = "candidate";

/** Value of the `stable` variable before the first deployment of a service, when no revision is known to be good. */
export const NO_STABLE = "none";

/** The ledger of an environment in the state bucket, which may hold those of others. */
export const ledgerObject = (environment: string): string => `rollout/${environment}.json`;

/** Terraform variable of a service's stack that names the serving revision. */
export function stableVariable(service: string): string {
  return `stable_${service.replaceAll("-", "_")}`;
}

/**
 * Traffic percentages of a service's rollout. Session affinity keeps clients on their instance, so that 5 % would not
 * be 5 %: a service with WebSockets goes to 100 % in one step, after the gates, and is watched there.
 */
export function rolloutSteps({ rollout }: Pick<Environment, "rollout">, service: Service): readonly number[] {
  return service.webSockets ? [cloudRunLimits.trafficTotal.value] : rollout.steps;
}

/** Shortest duration of one step: the soak, and the delay of the metrics. */
export function stepDuration({ deadlines, rollout }: Pick<Environment, "deadlines" | "rollout">): Seconds {
  return seconds(deadlines.soak + rollout.metricLag);
}

/** Shortest duration of a rollout of all services in all regions, one after the other. */
export function rolloutDuration(
  environment: Pick<Environment, "deadlines" | "rollout" | "services" | "regions">,
): Seconds {
  const steps = servicesEverywhere(environment).reduce(
    (sum, service) => sum + rolloutSteps(environment, service).length,
    0,
  );
  return seconds(steps * stepDuration(environment));
}

/** Whether a rollback watchdog runs: where the ledger has a bucket, the watchdog an image, and a rollout something to move. */
export function hasWatchdog({
  state,
  preflight,
  services,
}: Pick<Environment, "state" | "preflight" | "services">): boolean {
  return state !== undefined && preflight !== undefined && services.length > 0;
}

/**
 * The part of an environment that the rollback watchdog reads. Values that change with every deployment and that it
 * does not read are empty, so that its job does not change with them.
 */
export function watchdogEnvironment(environment: Environment): Environment {
  return {
    ...environment,
    provider: undefined,
    labels: {},
    waivers: [],
    acknowledgements: [],
    differences: [],
    preflight: environment.preflight === undefined ? undefined : { image: "" },
    services: environment.services.map((service) => ({
      ...service,
      image: "",
      environment: {},
      ...(service.sidecars === undefined ? {} : { sidecars: [] }),
    })),
    jobs: undefined,
    workerPools: undefined,
  };
}
