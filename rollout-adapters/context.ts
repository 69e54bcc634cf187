import type { JobSurroundings } from "../google/preflight-job.ts";
import type { TargetPlace } from "../google/rollback-target.ts";
import type { CloudRunPlace } from "../google/services.ts";
import type { Environment, Service } from "../platform/schema/environment.ts";
import { UserError } from "../platform/user-error.ts";

/** Where Google's APIs are, and whose they are. */
export interface GoogleContext extends CloudRunPlace, TargetPlace, JobSurroundings {
  /** "https://monitoring.googleapis.com" */
  readonly monitoring: string;
  /** "https://storage.googleapis.com" */
  readonly storage: string;
}

export interface GatewayContext {
  readonly environment: Environment;
  readonly place: GoogleContext;
  /** Ends questions that are under way. */
  readonly signal: AbortSignal;
}

/** @throws UserError where the environment has no such service (any more) */
export function serviceNamed({ name, services }: Environment, wanted: string): Service {
  const found = services.find((service) => service.name === wanted);
  if (found !== undefined) return found;
  throw new UserError(
    `Environment ${name} has no service ${wanted}: allowed are ${services.map((service) => service.name).join(", ")}.`,
  );
}
