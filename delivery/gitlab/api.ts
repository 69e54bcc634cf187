import { answeredElsewhere } from "../../http/answered-elsewhere.ts";
import { HttpFailure, requestJson } from "../../http/json-request.ts";
import { UserError } from "../../platform/user-error.ts";
import { isRecord } from "../../values/is-record.ts";
import { allPages } from "../all-pages.ts";
import { LostResponse } from "../marked-report.ts";

export interface GitlabOptions {
  /** CI_API_V4_URL. */
  readonly api: string;
  /** CI_PROJECT_ID. */
  readonly project: string;
  /** An access token of the project: the token of a job may write neither notes nor issues. */
  readonly token: string;
  /** Pauses between attempts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Attempts after the first one. */
const RETRIES = 4;
/** Milliseconds; GitLab's rate limits count by the minute. */
const LONGEST_PAUSE = 120_000;
const RESPONSE_TIMEOUT = 30_000;

/** What is not there, or what the token may not know. */
class NotFound extends UserError {}

type Method = "GET" | "POST" | "PUT";

/** GitLab's REST API (v4) for one project. Sends again while GitLab is busy, broken or limits the rate. */
export class Gitlab {
  readonly #options: GitlabOptions;

  constructor(options: GitlabOptions) {
    this.#options = options;
  }

  /** All entries of a list of the project, page after page. */
  list(path: string): Promise<Record<string, unknown>[]> {
    return allPages((page) => this.send("GET", page), path, "GitLab");
  }

  /** @returns undefined where it does not exist, or the token may not know */
  async find(path: string): Promise<unknown> {
    try {
      return await this.send("GET", path);
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  /** Id of the user whose token this is: of a bot, for an access token of a project. */
  async ownId(): Promise<unknown> {
    const user = await this.#request("GET", `${this.#options.api}/user`, "/user");
    return (user as { readonly id?: unknown } | null)?.id;
  }

  /**
   * @param path within the project: "/issues"
   * @throws LostResponse where it is unknown whether a POST was executed
   * @throws UserError where GitLab rejects the request or stays unavailable
   */
  send(method: Method, path: string, body?: object): Promise<unknown> {
    const { api, project } = this.#options;
    return this.#request(method, `${api}/projects/${encodeURIComponent(project)}${path}`, path, body);
  }

  async #request(method: Method, url: string, path: string, body?: object): Promise<unknown> {
    const { token, sleep } = this.#options;
    const request = {
      method,
      url,
      headers: { accept: "application/json", "private-token": token },
      body,
      timeout: RESPONSE_TIMEOUT,
      retries: RETRIES,
      isRetryable: (failure: HttpFailure) =>
        isTransient(failure) && !isLost(method, failure) && (failure.retryAfter ?? 0) <= LONGEST_PAUSE,
      sleep,
    };
    try {
      return await requestJson(request, new AbortController().signal);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      // A 404 of a proxy must not pass for "there is none".
      if (!isTransient(error) && !isGitlabs(error.body))
        throw new UserError(answeredElsewhere(new URL(url).host, error.status ?? 0));
      const GitlabError = isLost(method, error) ? LostResponse : error.status === 404 ? NotFound : UserError;
      throw new GitlabError(`GitLab: ${method} ${path.split("?")[0]} ${outcome(error)}`);
    }
  }
}

/** GitLab's errors are JSON with `message`, or with `error` where a parameter or the token is wrong. */
const isGitlabs = (body: unknown): boolean => isRecord(body) && ("message" in body || "error" in body);

const isLost = (method: Method, { status }: HttpFailure): boolean =>
  method === "POST" && (status === undefined || status >= 500);

const isTransient = ({ status }: HttpFailure): boolean =>
  status === undefined || status >= 500 || status === 429;

function outcome({ status, message }: HttpFailure): string {
  if (status === undefined) return `got no response (${message}). Run the job again later.`;
  if (status === 429) return "is rate-limited (HTTP 429). Run the job again later.";
  if (status >= 500) return `returned ${status}. Run the job again later.`;
  if (status === 401)
    return "returned 401: the token is not valid or has expired; make a new one and put it into the variable GITLAB_TOKEN.";
  if (status === 403 || status === 404)
    return `returned ${status}: the token lacks a right; GITLAB_TOKEN needs the scope api and the role Reporter in this project.`;
  return `returned ${status}: GitLab rejects the request.`;
}
