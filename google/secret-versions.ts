import { z } from "zod";
import type { Api } from "./api.ts";
import { NotFound } from "./errors.ts";
import { responseOf } from "./response.ts";

/** State of one version; the value is never read. */
export type VersionState = "enabled" | "disabled" | "destroyed" | "missing";

/**
 * Reads the state of pinned secret versions, all at once. Needs roles/secretmanager.viewer.
 *
 * @param endpoint "https://secretmanager.googleapis.com"
 * @throws UserError where Google rejects the request or does not answer
 */
export function versionStates(
  api: Api,
  endpoint: string,
  secrets: readonly { readonly project: string; readonly name: string; readonly version: number }[],
  signal: AbortSignal,
): Promise<VersionState[]> {
  return Promise.all(
    secrets.map(({ project, name, version }) =>
      versionState(api, `${endpoint}/v1/projects/${project}/secrets/${name}/versions/${version}`, signal),
    ),
  );
}

/** @param url of the version, "https://secretmanager.googleapis.com/v1/projects/P/secrets/S/versions/1" */
export async function versionState(api: Api, url: string, signal: AbortSignal): Promise<VersionState> {
  try {
    const response = await api.call({ method: "GET", url, role: "roles/secretmanager.viewer" }, signal);
    const { state } = responseOf(z.object({ state: z.string().optional() }), response, "a secret's version");
    if (state === "ENABLED") return "enabled";
    return state === "DISABLED" ? "disabled" : "destroyed";
  } catch (error) {
    if (error instanceof NotFound) return "missing";
    throw error;
  }
}
