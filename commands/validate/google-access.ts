import process from "node:process";
import { defaultCredentials, givenToken, googleApi } from "../../google/api.ts";
import type { Get } from "../../google/monitoring.ts";
import { runPreflightJob } from "../../google/preflight-job.ts";
import { platformNames } from "../../platform/names.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { timeBudget } from "../../platform/time-budget.ts";
import type { Clock } from "../../validation/check.ts";
import type { Preflight } from "../../validation/checks/preflight.ts";

export interface GoogleAccess {
  readonly get: Get;
  /** Endpoint of Cloud Monitoring. */
  readonly monitoring: string;
  readonly preflight: Preflight;
}

/** Google's APIs with the user's credentials; endpoints may be others, as for Google's own private ones. */
export function googleAccess(environment: Environment, clock: Clock): GoogleAccess {
  const {
    GOOGLE_OAUTH_ACCESS_TOKEN: token,
    MONITORING_ENDPOINT,
    RUN_ENDPOINT,
    LOGGING_ENDPOINT,
  } = process.env;
  const api = googleApi(token ? givenToken(token) : defaultCredentials(), clock.sleep);
  const { project, region } = environment;
  const names = platformNames(environment);
  const around = {
    api,
    run: RUN_ENDPOINT ?? "https://run.googleapis.com",
    logging: LOGGING_ENDPOINT ?? "https://logging.googleapis.com",
    now: clock.now,
    sleep: clock.sleep,
  };
  // The probe ends within the initialization budget; its container must be pulled and started besides.
  const within = timeBudget(environment).initialization + environment.deadlines.startupWindow;
  return {
    get: (url, signal) => api.call({ method: "GET", url }, signal),
    monitoring: MONITORING_ENDPOINT ?? "https://monitoring.googleapis.com",
    preflight: {
      run: (service, signal) =>
        runPreflightJob({ project, region, job: names.preflightJob(service), within }, around, signal),
    },
  };
}
