import { GoogleAuth } from "google-auth-library";
import { UserError } from "../../platform/sentence.ts";

/** What Secret Manager says of one version; it is never asked for the value. */
export type VersionState = "enabled" | "disabled" | "destroyed" | "missing";

export interface SecretManagerOptions {
  /** @default "https://secretmanager.googleapis.com" */
  readonly endpoint?: string;
  /** OAuth access token; without it application default credentials are used. */
  readonly accessToken?: string;
}

/** Milliseconds for one question; Google answers in well under a second. */
const DEADLINE = 15_000;

/**
 * Asks for the state of pinned secret versions, all at once.
 *
 * @throws UserError where there are no credentials, or Google refuses or does not answer
 */
export async function versionStates(
  project: string,
  secrets: readonly { readonly name: string; readonly version: number }[],
  options: SecretManagerOptions = {},
): Promise<VersionState[]> {
  const token = options.accessToken ?? (await defaultToken());
  const endpoint = options.endpoint ?? "https://secretmanager.googleapis.com";
  return Promise.all(
    secrets.map(({ name, version }) =>
      versionState(`${endpoint}/v1/projects/${project}/secrets/${name}/versions/${version}`, token),
    ),
  );
}

async function defaultToken(): Promise<string> {
  try {
    const token = await new GoogleAuth({
      scopes: "https://www.googleapis.com/auth/cloud-platform",
    }).getAccessToken();
    if (typeof token === "string") return token;
  } catch {
    // The library's own text names files of this machine; the sentence below says what to do.
  }
  throw new UserError(
    'There are no Google credentials: run "gcloud auth application-default login", or set GOOGLE_OAUTH_ACCESS_TOKEN.',
  );
}

async function versionState(url: string, token: string): Promise<VersionState> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(DEADLINE),
    });
  } catch (error) {
    const reason =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new UserError(
      `Secret Manager does not answer (${reason}): check the network, then run the same command again.`,
    );
  }
  if (response.status === 404) return "missing";
  if (!response.ok) {
    throw new UserError(
      `Secret Manager refuses to answer (HTTP ${response.status}): your account needs roles/secretmanager.viewer, and the API must be enabled (stack foundation).`,
    );
  }
  const { state } = (await response.json()) as { readonly state?: string };
  if (state === "ENABLED") return "enabled";
  return state === "DISABLED" ? "disabled" : "destroyed";
}
