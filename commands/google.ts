import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { googleApi } from "../google/api.ts";
import { GoogleClock } from "../google/clock.ts";
import { defaultCredentials, givenToken, type Tokens } from "../google/credentials.ts";
import { endpoints, type Google } from "../google/endpoints.ts";
import { UserError } from "../platform/user-error.ts";
import { requireUsableProxy } from "./proxy-env.ts";

/** An aborted pause ends early. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}

/**
 * Google's APIs with the user's credentials: GOOGLE_OAUTH_ACCESS_TOKEN, GOOGLE_CREDENTIALS as Terraform takes it, otherwise application default credentials.
 * GOOGLE_API_ENDPOINT replaces the address of all of them.
 *
 * @throws UserError where that address or the one of the proxy is invalid
 */
export function google(): Google {
  const { GOOGLE_API_ENDPOINT: base } = process.env;
  if (base && !(/^https?:/.test(base) && URL.canParse(base)))
    throw new UserError(
      "GOOGLE_API_ENDPOINT is not a URL: write https://HOST, or unset it for Google's own.",
    );
  const clock = new GoogleClock();
  return {
    api: googleApi(tokens(), sleep, undefined, clock.heard),
    now: clock.now,
    endpoints: endpoints(base || undefined),
  };
}

/** @throws UserError where the proxy of the process is no address */
function tokens(): Tokens {
  requireUsableProxy();
  const { GOOGLE_OAUTH_ACCESS_TOKEN: token, GOOGLE_CREDENTIALS: key } = process.env;
  return token ? givenToken(token) : defaultCredentials(key || undefined);
}

/**
 * Asks for credentials before work that needs them only at its end.
 *
 * @throws UserError where there are none
 */
export async function authenticate(): Promise<void> {
  await tokens().get();
}
