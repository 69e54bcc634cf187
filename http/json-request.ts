import { Gaxios, GaxiosError } from "gaxios";
import { pastProxy } from "./past-proxy.ts";

/** A request to a JSON API, and when it may be sent again. */
export interface JsonRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object | undefined;
  /** Milliseconds for one response. */
  readonly timeout: number;
  /** Attempts after the first one. */
  readonly retries: number;
  readonly isRetryable: (failure: HttpFailure) => boolean;
  /** Milliseconds before the next attempt; undefined for an exponential back-off. @default `Retry-After` */
  readonly pauseFor?: (failure: HttpFailure) => number | undefined;
  /** Called with the headers of a 2xx response. @default none */
  readonly answered?: ((headers: Headers) => void) | undefined;
  /** Pauses between attempts; ends early where the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Bytes of a response, unpacked: far more than a page of any API, and less than fills the memory. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;
/** What gaxios says of a longer one, before and after it has begun to read. */
const TOO_LARGE = /`Content-Length` is over the limit|^content size at .* over limit/;
const SENTENCE = `the response is larger than ${MAX_RESPONSE_BYTES / 1024 / 1024} MB`;

/** A response other than 2xx, one that is too large, or none. */
export class HttpFailure extends Error {
  /** Undefined where there was no response; the message says why. */
  readonly status: number | undefined;
  readonly headers: Headers;
  /** Parsed JSON; the text where it is none. */
  readonly body: unknown;

  constructor({ message, response }: GaxiosError) {
    // node-fetch begins with the URL.
    super(TOO_LARGE.test(message) ? SENTENCE : message.replace(/^request to .* failed, reason: /, ""));
    this.status = response?.status;
    this.headers = response?.headers ?? new Headers();
    this.body = response?.data;
  }

  /** Milliseconds of Retry-After; undefined without one. */
  get retryAfter(): number | undefined {
    const seconds = this.headers.get("retry-after");
    return seconds !== null && Number.isFinite(Number(seconds)) ? Number(seconds) * 1000 : undefined;
  }
}

/** Milliseconds before the first retry; later ones are 0.5, 1.5 and 3.5 s apart. */
const FIRST_RETRY = 500;
const http = new Gaxios({ responseType: "json", adapter: pastProxy });

/**
 * Sends a request through the proxy that HTTPS_PROXY and NO_PROXY name, and again after `Retry-After` or an exponential
 * back-off where that is allowed.
 *
 * @returns the parsed JSON; the text where it is none
 * @throws HttpFailure for the last failure; the signal's reason where it was aborted between two attempts
 */
export async function requestJson(request: JsonRequest, signal: AbortSignal): Promise<unknown> {
  const { method, url, headers, body, timeout, retries, isRetryable, answered, sleep } = request;
  const { pauseFor = ({ retryAfter }) => retryAfter } = request;
  // What is not read to its end would hold its connection, and the process with it.
  const ended = new AbortController();
  try {
    const response = await http.request<unknown>({
      method,
      url,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { data: body }),
      timeout,
      maxContentLength: MAX_RESPONSE_BYTES,
      signal: AbortSignal.any([signal, ended.signal]),
      retryConfig: {
        retryDelay: FIRST_RETRY,
        shouldRetry: (error) =>
          !signal.aborted &&
          !TOO_LARGE.test(error.message) &&
          (error.config.retryConfig?.currentRetryAttempt ?? 0) < retries &&
          isRetryable(new HttpFailure(error)),
        retryBackoff: async (error, delay) => {
          await sleep(pauseFor(new HttpFailure(error)) ?? delay, signal);
          signal.throwIfAborted();
        },
      },
    });
    answered?.(response.headers);
    return response.data;
  } catch (error) {
    ended.abort(error);
    throw error instanceof GaxiosError ? new HttpFailure(error) : error;
  }
}
