import type { JobContext } from "../google/preflight-job.ts";
import type { TargetContext } from "../google/rollback-target.ts";
import type { CloudRunContext } from "../google/services.ts";
import type { PlanParts } from "../platform/plan.ts";
import type { Environment, Service } from "../platform/schema/environment.ts";
import { UserError } from "../platform/user-error.ts";

/** Google's APIs, with a project and region. */
export interface GoogleContext extends CloudRunContext, TargetContext, JobContext {
  /** "https://monitoring.googleapis.com" */
  readonly monitoring: string;
  /** "https://storage.googleapis.com" */
  readonly storage: string;
}

/** The parts of a platform plan that rollouts depend on. */
export type RolloutPlan = PlanParts<
  | "services"
  | "regions"
  | "furtherRegions"
  | "deadlines"
  | "objectives"
  | "validation"
  | "state"
  | "hostPlan"
  | "timeBudget"
  | "expectedHealth"
>;

export interface GatewayContext {
  readonly platform: RolloutPlan;
  readonly google: GoogleContext;
  /** Aborts requests. */
  readonly signal: AbortSignal;
}

/** @throws UserError where the environment has no such service */
export function serviceNamed(
  { name, services }: Pick<Environment, "name" | "services">,
  wanted: string,
): Service {
  const found = services.find((service) => service.name === wanted);
  if (found !== undefined) return found;
  throw new UserError(
    `Environment ${name} has no service ${wanted}: its services are ${services.map((service) => service.name).join(", ")}.`,
  );
}
