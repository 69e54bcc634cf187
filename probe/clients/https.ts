import http from "node:http";
import https from "node:https";
import { within } from "../time.ts";

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Whether the answer was longer; then the body is its beginning. */
  readonly cut: boolean;
}

/** Characters; no answer that is read here is as long. */
const LARGEST = 64 * 1024;

/** GETs a URL, certificate and host verified, redirects not followed. */
export function get(
  url: URL,
  seconds: number,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return within(`GET ${url.host}${url.pathname}`, seconds, signal, (stop) => {
    const { request } = url.protocol === "http:" ? http : https;
    return new Promise((resolve, reject) => {
      const asked = request(
        url,
        // No pooled connection: each answer proves the whole way.
        {
          agent: false,
          family: 4,
          signal: stop,
          headers: { accept: "application/json, text/plain, */*", ...headers },
        },
        (response) => {
          let body = "";
          const end = (cut: boolean): void =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body, cut });
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            body += part;
            if (body.length <= LARGEST) return;
            end(true);
            response.destroy();
          });
          response.on("error", reject);
          response.on("end", () => end(false));
        },
      );
      asked.on("error", reject);
      asked.end();
    });
  });
}

/** The host alone: a URL writes IPv6 addresses in brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

/** What may be said of a URL: never its login, nor its query. */
export function spoken(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** User and password as they stand in a URL, decoded; empty where there are none. */
export function loginOf({ username, password }: URL): { user: string; password: string } {
  return { user: decoded(username), password: decoded(password) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
