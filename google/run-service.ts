import { z } from "zod";
import type { Api } from "./api.ts";
import { responseOf } from "./response.ts";

/** A Cloud Run service, as far as a validation reads it. */
export interface RunService {
  /** "https://staging-frontend-abc-uc.a.run.app" */
  readonly uri: string;
  /** True where the invoker check is disabled: callers need no identity. */
  readonly open: boolean;
}

/**
 * Needs roles/run.viewer.
 *
 * @param endpoint "https://run.googleapis.com"
 * @throws NotFound where there is no such service
 * @throws UserError where Google rejects the request or does not answer
 */
export async function runService(
  api: Api,
  endpoint: string,
  { project, region, name }: { readonly project: string; readonly region: string; readonly name: string },
  signal: AbortSignal,
): Promise<RunService> {
  const url = `${endpoint}/v2/projects/${project}/locations/${region}/services/${name}`;
  const found = await api.call({ method: "GET", url, role: "roles/run.viewer" }, signal);
  const { uri = "", invokerIamDisabled } = responseOf(rawService, found, `the service ${name}`);
  return { uri, open: invokerIamDisabled === true };
}

const rawService = z.object({
  uri: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).optional(),
  invokerIamDisabled: z.boolean().optional(),
});
