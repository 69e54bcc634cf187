import type { Environment } from "../../platform/schema/environment.ts";
import type { GooglePlace } from "../../rollout-adapters/context.ts";
import { google, sleep } from "../google.ts";

/** Google's APIs with the user's credentials, and whose project is meant. */
export function googlePlace({ project, region }: Pick<Environment, "project" | "region">): GooglePlace {
  const { api, endpoints } = google();
  return { project, region, api, ...endpoints, now: Date.now, sleep };
}
