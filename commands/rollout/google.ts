import type { Environment } from "../../platform/schema/environment.ts";
import { google, sleep } from "../google.ts";
import type { GooglePlace } from "./hands/surroundings.ts";

/** Google's APIs with the user's credentials, and whose project is meant. */
export function googlePlace({ project, region }: Pick<Environment, "project" | "region">): GooglePlace {
  const { api, endpoints } = google();
  return { project, region, api, ...endpoints, now: Date.now, sleep };
}
