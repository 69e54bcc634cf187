import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { type Api, defaultCredentials, givenToken, googleApi } from "../../google/api.ts";

/** Google's APIs with the user's credentials; endpoints may be others, as for Google's own private ones. */
export interface GoogleEndpoints {
  readonly api: Api;
  readonly run: string;
  readonly storage: string;
  readonly logging: string;
  readonly monitoring: string;
  readonly secretManager: string;
  readonly artifactRegistry: string;
}

export function googleEndpoints(env: NodeJS.ProcessEnv = process.env): GoogleEndpoints {
  const token = env.GOOGLE_OAUTH_ACCESS_TOKEN;
  return {
    api: googleApi(token ? givenToken(token) : defaultCredentials(), (milliseconds, signal) =>
      setTimeout(milliseconds, undefined, { signal }),
    ),
    run: env.RUN_ENDPOINT ?? "https://run.googleapis.com",
    storage: env.STORAGE_ENDPOINT ?? "https://storage.googleapis.com",
    logging: env.LOGGING_ENDPOINT ?? "https://logging.googleapis.com",
    monitoring: env.MONITORING_ENDPOINT ?? "https://monitoring.googleapis.com",
    secretManager: env.SECRET_MANAGER_ENDPOINT ?? "https://secretmanager.googleapis.com",
    artifactRegistry: env.ARTIFACT_REGISTRY_ENDPOINT ?? "https://artifactregistry.googleapis.com",
  };
}
