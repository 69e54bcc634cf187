import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { defaultCredentials, givenToken, googleApi } from "../../google/api.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import type { GooglePlace } from "./hands/surroundings.ts";

/** Google's APIs with the user's credentials; endpoints may be others, as for Google's own private ones. */
export function googlePlace(
  { project, region }: Pick<Environment, "project" | "region">,
  env: NodeJS.ProcessEnv = process.env,
): GooglePlace {
  const token = env.GOOGLE_OAUTH_ACCESS_TOKEN;
  return {
    project,
    region,
    api: googleApi(token ? givenToken(token) : defaultCredentials(), sleep),
    run: env.RUN_ENDPOINT ?? "https://run.googleapis.com",
    storage: env.STORAGE_ENDPOINT ?? "https://storage.googleapis.com",
    logging: env.LOGGING_ENDPOINT ?? "https://logging.googleapis.com",
    monitoring: env.MONITORING_ENDPOINT ?? "https://monitoring.googleapis.com",
    secretManager: env.SECRET_MANAGER_ENDPOINT ?? "https://secretmanager.googleapis.com",
    artifactRegistry: env.ARTIFACT_REGISTRY_ENDPOINT ?? "https://artifactregistry.googleapis.com",
    now: Date.now,
    sleep,
  };
}

/** An aborted pause is one that has ended. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {});
}
