import { GoogleAuth } from "google-auth-library";
import { UserError } from "../platform/user-error.ts";
import { forbiddenRemedy } from "./forbidden.ts";

/** One question to one of Google's APIs. */
export interface Call {
  readonly method: "GET" | "POST" | "PATCH";
  readonly url: string;
  readonly body?: object;
  /** Whether a question without an answer may be asked again. @default true */
  readonly repeatable?: boolean;
  /** Asked once, whatever the answer: who asks looks at what is there before they ask again. @default false */
  readonly once?: boolean;
  /** Role that is enough for it: "roles/logging.viewer". @default Google's own sentence names the permission */
  readonly role?: string;
}

export interface Api {
  /**
   * @throws UserError with the remedy where Google refuses or does not answer
   * @throws NotThere for 404
   * @throws Conflict where somebody else was faster (409, 412)
   */
  call(call: Call, signal: AbortSignal): Promise<unknown>;
}

/** What was asked for does not exist. */
export class NotThere extends Error {}

/** What was asked for cannot be done as things are: asking again alone does not help. */
export class Refused extends UserError {
  /** Google's own sentence; may be empty. */
  readonly said: string;

  constructor(message: string, said: string) {
    super(message);
    this.said = said;
  }
}

/** Somebody else changed it since it was read: 409 of an etag, 412 of a generation. */
export class Conflict extends Refused {}

/** The answer, or undefined where what was asked for does not exist. */
export async function orNothing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotThere) return undefined;
    throw error;
  }
}

/** Google is busy or not there at the moment: asking later may help. */
export class Passing extends UserError {}

/** Milliseconds for one answer, and between attempts; Google answers in well under a second. */
const ANSWER = 15_000;
const PAUSES = [500, 1_000, 2_000, 4_000] as const;
const PASSING = new Set([429, 500, 502, 503, 504]);
/** After any other answer of PASSING, what was asked for may have been done all the same. */
const NOT_DONE = new Set([429, 503]);

/** Where access tokens come from. */
export interface Tokens {
  get(): Promise<string>;
  /** Makes the next one a new one; undefined where there is only one. */
  readonly renew?: () => void;
  /** What a person does where the token is refused. */
  readonly remedy: string;
}

/** One token that somebody made. Google ends it after an hour. */
export function givenToken(token: string): Tokens {
  return {
    get: async () => token,
    remedy:
      'GOOGLE_OAUTH_ACCESS_TOKEN has expired (Google ends it after an hour): set a new one with "gcloud auth print-access-token"',
  };
}

/**
 * Credentials whose tokens are renewed.
 *
 * @param given a file, or its JSON, as Terraform's provider takes them in GOOGLE_CREDENTIALS @default application default credentials
 * @throws UserError where the JSON is none
 */
export function defaultCredentials(given?: string): Tokens {
  // Only tokens are wanted; without a project the library asks Google for one first, which takes rights of its own.
  const auth = new GoogleAuth({
    scopes: "https://www.googleapis.com/auth/cloud-platform",
    projectId: "unused",
    ...(given === undefined ? {} : keyOf(given)),
  });
  return {
    get: () => token(auth),
    renew: () => {
      auth.cachedCredential = null;
    },
    remedy: 'run "gcloud auth application-default login" again',
  };
}

function keyOf(given: string): { readonly keyFilename: string } | { readonly credentials: object } {
  if (!given.trimStart().startsWith("{")) return { keyFilename: given };
  const credentials = parsed(given);
  if (typeof credentials === "object" && credentials !== null) return { credentials };
  throw new UserError("GOOGLE_CREDENTIALS is no JSON: write the name of a key file, or what stands in one.");
}

/**
 * @param sleep pauses between attempts
 * @param answerWithin milliseconds for one answer @default 15 s
 */
export function googleApi(
  tokens: Tokens,
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  answerWithin = ANSWER,
): Api {
  return {
    call: async (call, signal) => {
      let renewed = false;
      for (let attempt = 0; ; attempt += 1) {
        const answer = await ask(call, await tokenWithin(tokens, answerWithin, signal), answerWithin, signal);
        if ("status" in answer && answer.status < 300) {
          if (typeof answer.body === "object" && answer.body !== null) return answer.body;
          throw new UserError(
            `${new URL(call.url).host} answers HTTP ${answer.status} without JSON: something between answers in its place, such as a proxy; check the network.`,
          );
        }
        if ("status" in answer && answer.status === 401 && tokens.renew !== undefined && !renewed) {
          // The token expired in the middle; the next one is asked for anew.
          renewed = true;
          tokens.renew();
          continue;
        }
        if (signal.aborted) throw interrupted(call, signal);
        const pause = PAUSES[attempt];
        const repeatable = call.repeatable !== false;
        const again = "status" in answer ? (repeatable ? PASSING : NOT_DONE).has(answer.status) : repeatable;
        if (call.once || !again || pause === undefined) throw refusal(call, answer, tokens);
        await sleep("retryAfter" in answer ? (answer.retryAfter ?? pause) : pause, signal);
        if (signal.aborted) throw interrupted(call, signal);
      }
    },
  };
}

type Answer =
  | {
      readonly status: number;
      readonly body: unknown;
      /** Milliseconds. */
      readonly retryAfter: number | undefined;
    }
  | { readonly reason: string };

async function ask(
  { method, url, body }: Call,
  bearer: string,
  within: number,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      signal: AbortSignal.any([signal, AbortSignal.timeout(within)]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const text = await response.text();
    return {
      status: response.status,
      body: parsed(text),
      retryAfter: Number.isFinite(seconds) ? Math.min(seconds * 1000, 30_000) : undefined,
    };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { reason: cause };
  }
}

/**
 * A token, which may take a server of its own. @throws UserError where that one does not answer in time
 */
async function tokenWithin(tokens: Tokens, within: number, signal: AbortSignal): Promise<string> {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(within)]);
  return await new Promise<string>((resolve, reject) => {
    const late = (): void =>
      reject(
        new UserError(
          signal.aborted
            ? "Interrupted."
            : `Google gives no access token within ${within / 1000} s: check the network and the proxy, or set GOOGLE_OAUTH_ACCESS_TOKEN.`,
        ),
      );
    if (ended.aborted) late();
    ended.addEventListener("abort", late, { once: true });
    tokens
      .get()
      .then(resolve, reject)
      .finally(() => ended.removeEventListener("abort", late));
  });
}

async function token(auth: GoogleAuth): Promise<string> {
  try {
    const found = await auth.getAccessToken();
    if (typeof found === "string") return found;
  } catch {
    // The library's own text names files of this machine; the sentence below says what to do.
  }
  throw new UserError(
    'There are no Google credentials: run "gcloud auth application-default login", or set GOOGLE_OAUTH_ACCESS_TOKEN.',
  );
}

/** Somebody stopped it, or its own time was over. */
function interrupted(call: Call, { reason }: AbortSignal): Error {
  if (!(reason instanceof Error) || reason.name !== "TimeoutError") return new UserError("Interrupted.");
  const { host } = new URL(call.url);
  return new UserError(
    `${host} does not answer in time: check the network, then run the same command again.`,
  );
}

function refusal(call: Call, answer: Answer, tokens: Tokens): Error {
  const host = new URL(call.url).host;
  if ("reason" in answer)
    return new Passing(
      `${host} does not answer (${answer.reason}): check the network, then run the same command again.`,
    );
  const said = messageOf(answer.body);
  switch (answer.status) {
    case 401:
      return new UserError(`${host} refuses your credentials (HTTP 401): ${tokens.remedy}.`);
    case 403:
      return new UserError(
        `${host} refuses (HTTP 403${said}): ${forbiddenRemedy(said, call.role ?? "the role that it names")}.`,
      );
    case 404:
      return new NotThere(`${host}: not found${said}`);
    case 400:
      return new Refused(`${host} refuses (HTTP ${answer.status}${said}).`, said.replace(/^, /, ""));
    case 409:
    case 412:
      return new Conflict(`${host} refuses (HTTP ${answer.status}${said}).`, said.replace(/^, /, ""));
  }
  const Trouble = PASSING.has(answer.status) ? Passing : UserError;
  return new Trouble(
    `${host} answers HTTP ${answer.status}${said}: run the same command again in a few minutes.`,
  );
}

/** Google's own sentence, on one line and short. */
function messageOf(body: unknown): string {
  const { error } = (body ?? {}) as { readonly error?: { readonly message?: unknown } };
  const message =
    typeof error?.message === "string" ? error.message.replaceAll(/\s+/g, " ").slice(0, 300) : "";
  return message === "" ? "" : `, ${message}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
