import { cloudRunLimits } from "./limits.ts";
import type { Environment, Service } from "./schema/environment.ts";
import { type Seconds, seconds } from "./units.ts";

/** The tag under which a revision without traffic is reached. */
export const CANDIDATE_TAG = "candidate";

/** What `stable` says where no revision of a service is known to be good: its first creation. */
export const NO_STABLE = "none";

/** What the names of the ledgers in the bucket of the states begin with. */
export const LEDGER_PREFIX = "rollout/";

/** Terraform variable of a service's stack that names the revision which serves. */
export function stableVariable(service: string): string {
  return `stable_${service.replaceAll("-", "_")}`;
}

/**
 * Percentages of a service's rollout. Session affinity keeps clients where they are, so that 5 % would not be 5 %: a
 * service that holds WebSockets goes to 100 at once, after the gates, and is watched there.
 */
export function rolloutSteps({ rollout }: Pick<Environment, "rollout">, service: Service): readonly number[] {
  return service.webSockets ? [cloudRunLimits.trafficTotal.value] : rollout.steps;
}

/** How long one step takes at least: the soak, and what the metrics need to arrive. */
export function stepDuration({ deadlines, rollout }: Pick<Environment, "deadlines" | "rollout">): Seconds {
  return seconds(deadlines.soak + rollout.metricLag);
}

/**
 * What the guard has to know of an environment. Without what changes at every deployment and decides nothing there: its
 * job would change with it.
 */
export function guardEnvironment(environment: Environment): Environment {
  const nothing = "";
  return {
    ...environment,
    labels: {},
    waivers: [],
    acknowledgements: [],
    differences: [],
    preflight: { image: nothing },
    services: environment.services.map((service) => ({ ...service, image: nothing, environment: {} })),
  };
}
