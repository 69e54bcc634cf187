import { answeredElsewhere } from "../../http/answered-elsewhere.ts";
import { HttpFailure, requestJson } from "../../http/json-request.ts";
import { UserError } from "../../platform/user-error.ts";
import { isRecord } from "../../values/is-record.ts";
import { allPages } from "../all-pages.ts";
import { LostResponse } from "../marked-report.ts";

export interface GithubOptions {
  /** GITHUB_API_URL. */
  readonly api: string;
  /** GITHUB_REPOSITORY, "owner/name". */
  readonly repository: string;
  readonly token: string;
  /** Pauses between attempts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Attempts after the first one. */
const RETRIES = 4;
/** Milliseconds: GitHub's secondary rate limits ask for a minute. */
const LONGEST_PAUSE = 120_000;
const RESPONSE_TIMEOUT = 30_000;

/** GitHub's REST API for one repository. Sends again while GitHub is busy, broken or limits the rate. */
export class Github {
  readonly #options: GithubOptions;

  constructor(options: GithubOptions) {
    this.#options = options;
  }

  /** All entries of a list, page after page. */
  list(path: string): Promise<Record<string, unknown>[]> {
    return allPages((page) => this.send("GET", page), path, "GitHub");
  }

  /**
   * @returns undefined where it does not exist, or the token may not know
   * @throws UserError where GitHub rejects the request or stays unavailable
   */
  async find(path: string): Promise<unknown> {
    try {
      return await this.#request("GET", path);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      if (error.status === 404) return undefined;
      const denied = error.status === 403 && !isRateLimited(error);
      throw new UserError(
        `GitHub: GET ${path.split("?")[0] || "of the repository"} ${denied ? "returned 403: the token may not read this repository; it needs actions: read" : outcome(error)}`,
      );
    }
  }

  /**
   * @throws LostResponse where it is unknown whether a POST was executed
   * @throws UserError where GitHub rejects the request or stays unavailable
   */
  async send(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<unknown> {
    try {
      return await this.#request(method, path, body);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      const GithubError = isLost(method, error) ? LostResponse : UserError;
      throw new GithubError(`GitHub: ${method} ${path.split("?")[0]} ${outcome(error)}`);
    }
  }

  /**
   * @throws UserError where something else answers in GitHub's place
   * @throws HttpFailure for the last failure of GitHub's
   */
  async #request(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<unknown> {
    const { api, repository, token, sleep } = this.#options;
    const request = {
      method,
      url: `${api}/repos/${repository}${path}`,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
      },
      body,
      timeout: RESPONSE_TIMEOUT,
      retries: RETRIES,
      isRetryable: (failure: HttpFailure) =>
        isTransient(failure) && !isLost(method, failure) && (pauseFor(failure) ?? 0) <= LONGEST_PAUSE,
      pauseFor,
      sleep,
    };
    try {
      return await requestJson(request, new AbortController().signal);
    } catch (error) {
      // A 404 of a proxy must not pass for "there is none".
      if (!(error instanceof HttpFailure) || isTransient(error) || isGithubs(error.body)) throw error;
      throw new UserError(answeredElsewhere(new URL(api).host, error.status ?? 0));
    }
  }
}

const isGithubs = (body: unknown): boolean => isRecord(body) && typeof body.message === "string";

const isLost = (method: string, { status }: HttpFailure): boolean =>
  method === "POST" && (status === undefined || status >= 500);

const isTransient = (failure: HttpFailure): boolean =>
  failure.status === undefined || failure.status >= 500 || isRateLimited(failure);

const isRateLimited = ({ status, headers }: HttpFailure): boolean =>
  status === 429 ||
  (status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0"));

/** Milliseconds that GitHub asks to wait; a minute where it limits the rate and does not say. */
function pauseFor(failure: HttpFailure): number | undefined {
  if (failure.retryAfter !== undefined || !isRateLimited(failure)) return failure.retryAfter;
  const reset = Number(failure.headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000;
  const pause = Math.max(1000, reset - Date.parse(failure.headers.get("date") ?? ""));
  return Number.isNaN(pause) ? 60_000 : pause;
}

function outcome(failure: HttpFailure): string {
  const { status, message } = failure;
  if (status === undefined) return `got no response (${message}). Run the job again later.`;
  if (isRateLimited(failure)) return `is rate-limited (HTTP ${status}). Run the job again later.`;
  if (status >= 500) return `returned ${status}. Run the job again later.`;
  if (status === 401) return "returned 401: the token is not valid; pass GITHUB_TOKEN of the job.";
  if (status === 403 || status === 404)
    return `returned ${status}: the token lacks a permission; the job needs pull-requests: write for comments and issues: write for issues.`;
  return `returned ${status}: GitHub rejects the request.`;
}
