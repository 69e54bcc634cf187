import { answeredElsewhere } from "../http/answered-elsewhere.ts";
import type { HttpFailure } from "../http/json-request.ts";
import { UserError } from "../platform/user-error.ts";
import { isRecord } from "../values/is-record.ts";
import { forbiddenRemedy } from "./forbidden.ts";

/** 404: the resource does not exist. */
export class NotFound extends Error {}

/** Google is busy or unreachable: a later attempt may succeed. */
export class TransientError extends UserError {}

/** 400: the same request fails again. */
export class BadRequest extends UserError {
  /** Google's own message; may be empty. */
  readonly reason: string;

  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** Somebody else changed it since it was read: 409 of an etag, 412 of a generation. */
export class Conflict extends BadRequest {}

/** The response, or undefined where the resource does not exist. */
export async function orUndefined(response: Promise<unknown>): Promise<unknown> {
  try {
    return await response;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

export const TRANSIENT: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/**
 * A failed call, in a sentence that says what to do.
 *
 * @param role that is enough for the call
 * @param remedy what to do where the credentials are rejected
 */
export function apiError(url: URL, failure: HttpFailure, role: string, remedy: string): Error {
  const { host } = url;
  const { status } = failure;
  if (status === undefined)
    return new TransientError(
      `${host} does not answer (${failure.message}): check the network, then run the same command again.`,
    );
  if (!TRANSIENT.has(status) && !isGoogles(failure.body) && !isContent(url))
    return new UserError(answeredElsewhere(host, status));
  const reason = googleMessage(failure.body);
  const http = `HTTP ${status}${reason === "" ? "" : `, ${reason}`}`;
  switch (status) {
    case 401:
      return new UserError(`${host} rejects your credentials (HTTP 401): ${remedy}.`);
    case 403:
      return new UserError(`${host} denies access (${http}): ${forbiddenRemedy(reason, role)}.`);
    case 404:
      return new NotFound(`${host}: not found (${http})`);
    case 400:
      return new BadRequest(`${host} rejects the request (${http}).`, reason);
    case 409:
    case 412:
      return new Conflict(`${host} rejects the request (${http}).`, reason);
  }
  const ApiError = TRANSIENT.has(status) ? TransientError : UserError;
  return new ApiError(`${host} returns ${http}: run the same command again in a few minutes.`);
}

/** Whether an error is in Google's form. A 404 of a proxy must not pass for "there is no such object". */
const isGoogles = (body: unknown): boolean => isRecord(body) && isRecord(body.error);

/** Cloud Storage's errors are plain text where the content itself is read or written. */
const isContent = ({ pathname, searchParams }: URL): boolean =>
  searchParams.get("alt") === "media" || pathname.startsWith("/upload/");

/** Google's own message, on one line and short. */
function googleMessage(body: unknown): string {
  const { error } = (isRecord(body) ? body : {}) as { readonly error?: { readonly message?: unknown } };
  return typeof error?.message === "string" ? error.message.replaceAll(/\s+/g, " ").slice(0, 300) : "";
}
