import { isIPv6 } from "node:net";
import { type ClientOptions, WebSocket } from "ws";
import { codeOf, connectOptions, type Network } from "../../http/https-request.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { failed, passed, type Result, skipped } from "../check.ts";
import { explain, unreached } from "../explain.ts";
import { fieldOf, fillAll, fillBody, fillPath, parsed, type Values } from "./fill.ts";

type Wanted = NonNullable<Environment["validation"]["webSocket"]>;

interface Heard {
  readonly name: string;
  /** Since the upgrade. */
  readonly seconds: number;
}

/** The upgrade, and each business event: it must come, in order, in time. */
export async function webSocketResults(
  wanted: Wanted,
  network: Network,
  values: Values,
  answerWithin: number,
  signal: AbortSignal,
): Promise<Result[]> {
  const subject = `wss://${wanted.host}${wanted.path}`;
  const none = (why: string): Result[] =>
    wanted.events.map((event) => skipped({ category: "agents", subject: event, seconds: 0 }, why));
  const [path, headers] = [fillPath(wanted.path, values), fillAll(wanted.headers, values)];
  const message = wanted.send === undefined ? undefined : fillBody(wanted.send, values);
  if (path === undefined || headers === undefined || (wanted.send !== undefined && message === undefined)) {
    const why = "a value of an earlier step is missing";
    return [skipped({ category: "agents", subject, seconds: 0 }, why), ...none(why)];
  }
  const start = performance.now();
  // ws takes address and port from the URL only.
  const { host, port, ...tls } = connectOptions(network, wanted.host);
  const socket = opened(`wss://${isIPv6(host) ? `[${host}]` : host}:${port}${path}`, {
    ...tls,
    headers: { ...headers, host: wanted.host },
    handshakeTimeout: answerWithin * 1000,
  });
  if (socket === undefined) {
    const why = "path or headers have invalid characters";
    const about = { category: "agents", subject, seconds: 0 } as const;
    return [failed(about, why, "application", "endpoint-down"), ...none("the WebSocket does not open")];
  }
  const listening = listen(socket, wanted, signal);
  try {
    const refused = await upgrade(socket, answerWithin, signal);
    const about = { category: "agents", subject, seconds: (performance.now() - start) / 1000 } as const;
    if (refused !== undefined)
      return [
        failed(about, `upgrade: ${refused.why}`, refused.fault, refused.symptom),
        ...none("the WebSocket does not open"),
      ];
    const opened = passed(about, `upgraded after ${about.seconds.toFixed(2)} s`);
    if (wanted.events.length === 0) return [opened];
    if (message !== undefined) socket.send(message);
    const { heard, closed } = await listening.all();
    return [opened, ...wanted.events.map((event, index) => eventResult(wanted, index, event, heard, closed))];
  } finally {
    listening.stop();
    socket.terminate();
  }
}

const MAX_EVENT_BYTES = 1024 * 1024;

/** Undefined where the URL is invalid. The error of ws quotes the URL, which may hold a credential. */
function opened(url: string, options: ClientOptions): WebSocket | undefined {
  try {
    // Events are short; a few bytes of compressed data may be a hundred megabytes.
    return new WebSocket(url, { ...options, perMessageDeflate: false, maxPayload: MAX_EVENT_BYTES });
  } catch {
    return undefined;
  }
}

async function upgrade(socket: WebSocket, within: number, signal: AbortSignal) {
  return new Promise<ReturnType<typeof unreached> | undefined>((resolve) => {
    socket.once("open", () => resolve(undefined));
    socket.once("unexpected-response", (_, response) => {
      const { statusCode = 0 } = response;
      resolve(
        explain({ kind: "response", status: statusCode, headers: {}, body: "", seconds: 0 }, 101, within),
      );
    });
    socket.on("error", (error) => {
      const code = error.message.includes("handshake has timed out") ? "timeout" : codeOf(error);
      resolve(unreached(code, within));
    });
    signal.addEventListener("abort", () => resolve(unreached("interrupted", within)), { once: true });
  });
}

/** Collects events from the start, including those that come with the upgrade. */
function listen(socket: WebSocket, wanted: Wanted, signal: AbortSignal) {
  const heard: Heard[] = [];
  let closed: string | undefined;
  let opened = performance.now();
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const missing = new Set(wanted.events);
  socket.on("open", () => {
    opened = performance.now();
  });
  socket.on("message", (data) => {
    const name = fieldOf(parsed(String(data)), wanted.eventField);
    if (name === undefined || !missing.delete(name)) return;
    heard.push({ name, seconds: (performance.now() - opened) / 1000 });
    if (missing.size === 0) finish();
  });
  socket.on("close", (code) => {
    closed = `the server closed the WebSocket (${code})`;
    finish();
  });
  signal.addEventListener("abort", finish, { once: true });
  let timer: NodeJS.Timeout | undefined;
  return {
    all: async () => {
      timer = setTimeout(finish, wanted.within * 1000);
      await done;
      return { heard, closed };
    },
    stop: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
    },
  };
}

/** An event may be repeated; its first occurrence counts for the order. */
function eventResult(
  wanted: Wanted,
  index: number,
  event: string,
  heard: readonly Heard[],
  closed: string | undefined,
): Result {
  const first = (name: string): number => heard.findIndex((one) => one.name === name);
  const own = first(event);
  const found = heard[own];
  const about = { category: "agents", subject: event, seconds: found?.seconds ?? 0 } as const;
  if (found === undefined) {
    const came = [...new Set(heard.map(({ name }) => name))].join(", ") || "none";
    const why = `not received: ${closed ?? `timeout after ${wanted.within} s`}; received events: ${came}`;
    return failed(about, why, "application", "endpoint-down");
  }
  const late = wanted.events.slice(0, index).find((earlier) => first(earlier) > own);
  if (late !== undefined)
    return failed(about, `received before ${late}, which must come first`, "application", "endpoint-down");
  return passed(about, `received after ${found.seconds.toFixed(2)} s`);
}
