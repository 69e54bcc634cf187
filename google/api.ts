import { once } from "node:events";
import { HttpFailure, requestJson } from "../http/json-request.ts";
import { UserError } from "../platform/user-error.ts";
import type { Tokens } from "./credentials.ts";
import { apiError, TRANSIENT } from "./errors.ts";
import { USER_AGENT } from "./user-agent.ts";

/** One request to one of Google's APIs. */
export interface Call {
  readonly method: "GET" | "POST" | "PATCH";
  readonly url: string;
  readonly body?: object;
  /** Whether a request whose response was lost may be sent again. @default true */
  readonly repeatable?: boolean;
  /** Sent once, whatever the response: the caller reads the resource before it sends again. @default false */
  readonly once?: boolean;
  /** Role that is enough for it: "roles/logging.viewer". @default Google's own message names the permission */
  readonly role?: string;
}

/** A response that is no JSON object: something else answered, or an object of Cloud Storage holds something else. */
export class NotJson extends UserError {}

export interface Api {
  /**
   * @throws UserError with the remedy where Google rejects the request or does not answer
   * @throws NotJson where the response is no JSON object
   * @throws NotFound for 404
   * @throws Conflict where another writer was faster (409, 412)
   */
  call(call: Call, signal: AbortSignal): Promise<unknown>;
}

/** Milliseconds for one response; Google answers in well under a second. */
const RESPONSE_TIMEOUT = 15_000;
const RETRIES = 4;
/** After any other transient status, the request may have been carried out nevertheless. */
const NOT_CARRIED_OUT: ReadonlySet<number> = new Set([429, 503]);

/**
 * @param sleep pauses between attempts
 * @param timeout milliseconds for one response @default 15 s
 * @param dated called with the date of each response, also of one that rejects, in milliseconds since 1970; NaN where it has none
 */
export function googleApi(
  tokens: Tokens,
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  timeout = RESPONSE_TIMEOUT,
  dated?: (date: number) => void,
): Api {
  const answered = (headers: Headers): void => dated?.(Date.parse(headers.get("date") ?? ""));
  const send = async (call: Call, signal: AbortSignal): Promise<unknown> => {
    const token = await tokenWithin(tokens, timeout, signal);
    const { method, url, body, repeatable = true } = call;
    const retries = call.once ? 0 : RETRIES;
    const isRetryable = ({ status }: HttpFailure): boolean =>
      status === undefined ? repeatable : (repeatable ? TRANSIENT : NOT_CARRIED_OUT).has(status);
    const headers = { authorization: `Bearer ${token}`, "user-agent": USER_AGENT };
    return requestJson(
      { method, url, body, headers, timeout, retries, isRetryable, answered, sleep },
      signal,
    ).catch((error: unknown) => {
      if (error instanceof HttpFailure) answered(error.headers);
      throw error;
    });
  };
  return {
    call: async (call, signal) => {
      const url = new URL(call.url);
      const { host } = url;
      try {
        const response = await send(call, signal).catch((error: unknown) => {
          if (!(error instanceof HttpFailure) || error.status !== 401 || tokens.renew === undefined)
            throw error;
          // The token expired early.
          tokens.renew();
          return send(call, signal);
        });
        if (typeof response === "object" && response !== null) return response;
      } catch (error) {
        if (error instanceof UserError) throw error;
        if (signal.aborted) throw interrupted(host, signal);
        if (!(error instanceof HttpFailure)) throw error;
        throw apiError(url, error, call.role ?? "the role that it names", tokens.remedy);
      }
      throw new NotJson(
        `${host} returns no JSON: something else answers in its place, such as a proxy; check the network.`,
      );
    },
  };
}

/** An access token, which may come from a server of its own. @throws UserError where that does not answer in time */
async function tokenWithin(tokens: Tokens, timeout: number, signal: AbortSignal): Promise<string> {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const late = async (): Promise<never> => {
    if (!ended.aborted) await once(ended, "abort");
    throw new UserError(
      signal.aborted
        ? "Interrupted."
        : `Google returns no access token within ${timeout / 1000} s: check the network and the proxy, or set GOOGLE_OAUTH_ACCESS_TOKEN.`,
    );
  };
  return Promise.race([late(), tokens.get()]);
}

/** The caller stopped it, or the caller's own deadline has passed. */
function interrupted(host: string, { reason }: AbortSignal): UserError {
  if (!(reason instanceof Error) || reason.name !== "TimeoutError") return new UserError("Interrupted.");
  return new UserError(
    `${host} does not answer in time: check the network, then run the same command again.`,
  );
}
