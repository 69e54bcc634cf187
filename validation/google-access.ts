import { randomUUID } from "node:crypto";
import type { Google } from "../google/endpoints.ts";
import { NotFound } from "../google/errors.ts";
import type { Get } from "../google/monitoring.ts";
import { type PreflightJob, runPreflightJob } from "../google/preflight-job.ts";
import { type RunService, runService } from "../google/run-service.ts";
import type { PlanParts } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import type { Clock } from "./check.ts";
import type { Inside } from "./checks/internal-contract.ts";
import type { Preflight } from "./checks/preflight.ts";

export interface GoogleAccess {
  readonly get: Get;
  /** Endpoint of Cloud Monitoring. */
  readonly monitoring: string;
  readonly preflight: Preflight;
  readonly inside: Inside;
}

/**
 * What the checks read from Google's APIs, and the jobs that they run inside the network.
 */
export function googleAccess(
  plan: PlanParts<"timeBudget">,
  { api, endpoints }: Google,
  clock: Clock,
): GoogleAccess {
  const { name, project, region } = plan;
  const { names, timeBudget } = plan;
  const context = { api, ...endpoints, now: clock.now, sleep: clock.sleep };
  const jobOf = (service: string): PreflightJob => ({
    environment: name,
    project,
    region,
    job: names.preflightJob(service),
    within: timeBudget.readiness,
    id: `validate-${randomUUID()}`,
  });
  return {
    get: (url, signal) => api.call({ method: "GET", url }, signal),
    monitoring: endpoints.monitoring,
    preflight: { run: (service, signal) => runPreflightJob(jobOf(service), context, signal) },
    inside: {
      address: async (service, signal) => {
        const { uri, open } = await deployed({ project, region, name: names.service(service) }, signal);
        return open ? uri : undefined;
      },
      contracts: (from, contracts, signal) => {
        const variables = { PREFLIGHT_ONLY: "contract", PREFLIGHT_CONTRACTS: JSON.stringify(contracts) };
        return runPreflightJob({ ...jobOf(from), variables }, context, signal);
      },
    },
  };

  async function deployed(place: Parameters<typeof runService>[2], signal: AbortSignal): Promise<RunService> {
    try {
      return await runService(api, endpoints.run, place, signal);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      throw new UserError(
        `There is no Cloud Run service ${place.name} in ${project}/${region}: deploy the environment first.`,
      );
    }
  }
}
