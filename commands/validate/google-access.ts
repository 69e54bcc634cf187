import { randomUUID } from "node:crypto";
import type { Get } from "../../google/monitoring.ts";
import { runPreflightJob } from "../../google/preflight-job.ts";
import { platformNames } from "../../platform/names.ts";
import { preflightWithin } from "../../platform/preflight-gate.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import type { Clock } from "../../validation/check.ts";
import type { Preflight } from "../../validation/checks/preflight.ts";
import { google } from "../google.ts";

export interface GoogleAccess {
  readonly get: Get;
  /** Endpoint of Cloud Monitoring. */
  readonly monitoring: string;
  readonly preflight: Preflight;
}

/**
 * Google's APIs with the user's credentials.
 *
 * @throws UserError where GOOGLE_API_ENDPOINT is no address
 */
export function googleAccess(environment: Environment, clock: Clock): GoogleAccess {
  const { api, endpoints } = google();
  const { name, project, region } = environment;
  const names = platformNames(environment);
  const around = { api, ...endpoints, now: clock.now, sleep: clock.sleep };
  const id = `validate-${randomUUID()}`;
  return {
    get: (url, signal) => api.call({ method: "GET", url }, signal),
    monitoring: endpoints.monitoring,
    preflight: {
      run: (service, signal) =>
        runPreflightJob(
          {
            environment: name,
            project,
            region,
            job: names.preflightJob(service),
            within: preflightWithin(environment),
            id,
          },
          around,
          signal,
        ),
    },
  };
}
