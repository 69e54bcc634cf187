import { UserError } from "../../platform/user-error.ts";

export interface GithubOptions {
  /** GITHUB_API_URL. */
  readonly api: string;
  /** GITHUB_REPOSITORY, "owner/name". */
  readonly repository: string;
  readonly token: string;
  /** Waits between attempts, in milliseconds. @default real time */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** Attempts at one thing, waits included: GitHub's secondary limits ask for a minute. */
const ATTEMPTS = 5;
const LONGEST_WAIT = 120_000;
const DEADLINE = 30_000;
const PAGE = 100;

/** What another attempt may mend: GitHub is busy, broken or counts too many requests. */
class Passing extends Error {
  readonly after: number | undefined;

  constructor(message: string, after?: number) {
    super(message);
    this.after = after;
  }
}

/** GitHub's REST API for one repository, patient with limits and faults. */
export class Github {
  readonly #options: GithubOptions;

  constructor(options: GithubOptions) {
    this.#options = options;
  }

  /** All entries of a list, page after page. */
  async list(path: string): Promise<Record<string, unknown>[]> {
    const found: Record<string, unknown>[] = [];
    for (let page = 1; ; page += 1) {
      const address = `${path}${path.includes("?") ? "&" : "?"}per_page=${PAGE}&page=${page}`;
      const entries = await this.patiently(() => this.send("GET", address));
      if (!Array.isArray(entries)) throw new UserError(`GitHub answered ${path} with no list.`);
      found.push(...entries);
      if (entries.length < PAGE) return found;
    }
  }

  /**
   * Does something again while GitHub is busy or broken. What writes must look first whether an attempt that seemed
   * to fail did write.
   *
   * @throws UserError where it stays so
   */
  async patiently<T>(attempt: () => Promise<T>): Promise<T> {
    const wait = this.#options.wait ?? pause;
    for (let count = 1; ; count += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        const after = error.after ?? 1000 * 2 ** count;
        if (count === ATTEMPTS || after > LONGEST_WAIT) {
          throw new UserError(`${error.message}. Run the job again later.`);
        }
        await wait(after);
      }
    }
  }

  /** One request, once. */
  async send(method: string, path: string, body?: object): Promise<unknown> {
    const { api, repository, token } = this.#options;
    const what = `GitHub: ${method} ${path.split("?")[0]}`;
    let response: Response;
    try {
      response = await fetch(`${api}/repos/${repository}${path}`, {
        method,
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "x-github-api-version": "2022-11-28",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(DEADLINE),
      });
      if (response.ok) return await response.json();
    } catch (error) {
      throw new Passing(`${what} got no answer (${reasonOf(error)})`);
    }
    const { status, headers } = response;
    if (status >= 500) throw new Passing(`${what} answered ${status}`, secondsOf(headers.get("retry-after")));
    const limited =
      status === 429 ||
      (status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0"));
    if (limited) throw new Passing(`${what} is limited (HTTP ${status})`, untilFree(headers));
    throw new UserError(`${what} answered ${status}: ${remedy(status)}`);
  }
}

function remedy(status: number): string {
  if (status === 401) return "the token is not valid; pass GITHUB_TOKEN of the job.";
  if (status === 403 || status === 404)
    return "the token may not do this; the job needs pull-requests: write for comments and issues: write for issues.";
  return "GitHub did not understand the request.";
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function secondsOf(text: string | null): number | undefined {
  const seconds = Number(text);
  return text === null || !Number.isFinite(seconds) ? undefined : seconds * 1000;
}

/** Milliseconds until GitHub counts anew; a minute where it does not say. */
function untilFree(headers: Headers): number {
  const after = secondsOf(headers.get("retry-after"));
  if (after !== undefined) return after;
  const reset = secondsOf(headers.get("x-ratelimit-reset"));
  const now = secondsOf(String(Date.parse(headers.get("date") ?? "") / 1000));
  return reset === undefined || now === undefined ? 60_000 : Math.max(1000, reset - now);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
