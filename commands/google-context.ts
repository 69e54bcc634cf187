import type { Environment } from "../platform/schema/environment.ts";
import type { GoogleContext } from "../rollout-adapters/context.ts";
import { google, sleep } from "./google.ts";

/** Google's APIs with the user's credentials, for the project of an environment. */
export function googleContext({ project, region }: Pick<Environment, "project" | "region">): GoogleContext {
  const { api, now, endpoints } = google();
  return { project, region, api, ...endpoints, now, sleep };
}
