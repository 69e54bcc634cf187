import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, expect } from "@jest/globals";
import { USER_AGENT } from "../../../google/user-agent.ts";
import type { SentRequest, SentResponse } from "./check-call.ts";
import { INSTEAD_OF_GOOGLE } from "./instead-of-google.ts";

/**
 * Jest's setup of every test file: whatever server of the test's process answers a request that is meant for Google, and
 * whoever sends it, the test's own process or one that it started, both are held against Google's discovery documents
 * when the test has ended. There is nothing that a fake has to do for it, and no way around.
 *
 * A call that is still open then is held when it has ended: after a later test, or after all hooks of the file, when those
 * that never end are cut off (environment.cjs).
 */
interface Call {
  readonly request: { -readonly [key in keyof SentRequest]: SentRequest[key] };
  readonly isGoogles: boolean;
  /** The test that ran when the request arrived. */
  readonly during: string;
  readonly socket: IncomingMessage["socket"];
  hasAnswer: boolean;
  /** What Google is said to answer. */
  response?: SentResponse;
}

type Given = Parameters<ServerResponse["end"]>;

/** Paths of Google's alone; other programs, such as the provider that a fake plays, say no user agent of ours. */
const GOOGLES = /^\/(upload\/)?((compute|storage)\/)?v\d\w*\/(projects|b|entries)\b/;
const CHANNEL = "http.server.request.start";
const calls = new Set<Call>();
const currentTest = (): string => expect.getState().currentTestName ?? "";

let checks: Promise<[typeof import("./check-call.ts"), typeof import("./documents.ts")]> | undefined;
/** Only files whose servers are asked load them, and before all hooks have run: Jest loads nothing after that. */
const loaded = (): NonNullable<typeof checks> => {
  checks ??= Promise.all([import("./check-call.ts"), import("./documents.ts")]);
  return checks;
};

const watch = (message: unknown): void => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const { method = "", url = "", headers, socket } = request;
  const call: Call = {
    request: { method, url, contentType: headers["content-type"], body: undefined },
    isGoogles: headers["user-agent"] === USER_AGENT || GOOGLES.test(url),
    during: currentTest(),
    socket,
    hasAnswer: false,
  };
  calls.add(call);
  void loaded();
  // What is read is still read by the fake alone: a listener would begin to read before it.
  const push = request.push.bind(request);
  const parts: Buffer[] = [];
  request.push = (part: Buffer | null, ...rest) => {
    if (part !== null) parts.push(part);
    // The end: a body that was cut off says nothing.
    else call.request.body = Buffer.concat(parts).toString();
    return push(part, ...rest);
  };
  const sent: Buffer[] = [];
  const keep = (part: unknown): void => {
    if (typeof part === "string" || part instanceof Uint8Array) sent.push(Buffer.from(part as string));
  };
  const { write, end } = response;
  response.write = function (this: ServerResponse, ...given: Given) {
    keep(given[0]);
    return Reflect.apply(write, this, given) as boolean;
  } as typeof write;
  response.end = function (this: ServerResponse, ...given: Given) {
    keep(given[0]);
    call.hasAnswer = true;
    if (!response.hasHeader(INSTEAD_OF_GOOGLE))
      call.response = { status: response.statusCode, body: Buffer.concat(sent).toString() };
    return Reflect.apply(end, this, given) as ServerResponse;
  } as typeof end;
};

/** Whether nothing more can come: both sides have said all, or the connection is gone. */
const hasEnded = ({ socket, hasAnswer, request }: Call): boolean =>
  socket.destroyed || (hasAnswer && request.body !== undefined);

async function checkEnded(): Promise<void> {
  const ended = [...calls].filter(hasEnded);
  for (const call of ended) calls.delete(call);
  if (ended.length === 0) return;
  const [{ checkCall }, { methodsAt }] = await loaded();
  const wrong = ended
    .filter(({ isGoogles, request }) => isGoogles || methodsAt(request.url.replace(/\?.*/, "")).length > 0)
    .flatMap(({ request, response, during }) => {
      const earlier = during === "" || during === currentTest() ? "" : ` (sent during "${during}")`;
      return checkCall(request, response).map(
        (sentence) => `${request.method} ${request.url}: ${sentence}${earlier}`,
      );
    });
  if (wrong.length > 0)
    throw new Error(`Google's discovery documents refuse\n${[...new Set(wrong)].slice(0, 20).join("\n")}`);
}

subscribe(CHANNEL, watch);
afterEach(checkEnded);

async function checkOpenCalls(): Promise<void> {
  unsubscribe(CHANNEL, watch);
  for (const { socket } of [...calls].filter((call) => !hasEnded(call))) socket.destroy();
  await checkEnded();
}
Object.assign(globalThis, { checkOpenCalls });
