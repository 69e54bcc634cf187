import type { IncomingMessage } from "node:http";
import { googleError } from "../google-api/error-form.ts";
import { type Listening, startHttps } from "./https.ts";

/** One answer of Google's, by default an empty object or an error in Google's form; "hang" says nothing at all. */
export type Reply =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | "hang";

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly token: string;
  readonly body: string;
}

/** Google's APIs over real HTTP on 127.0.0.1: `reply` decides, and all that was asked is kept. */
export async function startGoogleApis(
  reply: (asked: Asked) => Reply,
): Promise<Listening & { readonly asked: readonly Asked[]; readonly endpoint: string }> {
  const asked: Asked[] = [];
  const server = await startHttps(undefined, (request, response) => {
    void read(request).then((one) => {
      asked.push(one);
      const answer = reply(one);
      if (answer === "hang") return;
      response.statusCode = answer.status;
      response.setHeaders(new Headers({ "content-type": "application/json", ...answer.headers }));
      response.end(JSON.stringify(answer.body ?? (answer.status < 300 ? {} : googleError(answer.status))));
    });
  });
  return { ...server, asked, endpoint: `http://127.0.0.1:${server.port}` };
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = "";
  for await (const part of request) body += String(part);
  return {
    method: request.method ?? "",
    url: new URL(request.url ?? "/", "http://127.0.0.1"),
    token: (request.headers.authorization ?? "").replace("Bearer ", ""),
    body,
  };
}
