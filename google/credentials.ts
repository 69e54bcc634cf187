import { GoogleAuth } from "google-auth-library";
import { pastProxy } from "../http/past-proxy.ts";
import { UserError } from "../platform/user-error.ts";

/** Where access tokens come from. */
export interface Tokens {
  get(): Promise<string>;
  /** Makes the next `get` return a new token; undefined where there is only one. */
  readonly renew?: () => void;
  /** What to do where the token is rejected. */
  readonly remedy: string;
}

/** One access token from outside. Google ends it after an hour. */
export function givenToken(token: string): Tokens {
  return {
    get: async () => token,
    remedy:
      'GOOGLE_OAUTH_ACCESS_TOKEN has expired (Google ends it after an hour): set a new one with "gcloud auth print-access-token"',
  };
}

/**
 * Credentials whose tokens are refreshed.
 *
 * @param given a file, or its JSON, as Terraform's provider takes them in GOOGLE_CREDENTIALS @default application default credentials
 * @throws UserError where the JSON is invalid
 */
export function defaultCredentials(given?: string): Tokens {
  // Only tokens are needed; without a project the library asks Google for one first, which takes permissions of its own.
  const auth = new GoogleAuth({
    scopes: "https://www.googleapis.com/auth/cloud-platform",
    projectId: "unused",
    clientOptions: { transporterOptions: { adapter: pastProxy } },
    ...(given === undefined ? {} : keyOf(given)),
  });
  return {
    get: () => accessToken(auth),
    renew: () => {
      auth.cachedCredential = null;
    },
    remedy: 'run "gcloud auth application-default login" again',
  };
}

function keyOf(given: string): { readonly keyFilename: string } | { readonly credentials: object } {
  if (!given.trimStart().startsWith("{")) return { keyFilename: given };
  try {
    return { credentials: JSON.parse(given) as object };
  } catch {
    throw new UserError("GOOGLE_CREDENTIALS is not valid JSON: set the path of a key file, or its content.");
  }
}

async function accessToken(auth: GoogleAuth): Promise<string> {
  try {
    const token = await auth.getAccessToken();
    if (typeof token === "string") return token;
  } catch {
    // The library's own message names files of this machine; the sentence below says what to do.
  }
  throw new UserError(
    'There are no Google credentials: run "gcloud auth application-default login", or set GOOGLE_OAUTH_ACCESS_TOKEN.',
  );
}
