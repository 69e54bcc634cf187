import net from "node:net";
import tls from "node:tls";
import { pause, within } from "../time.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Opens a TCP connection; the caller destroys it. */
export function connectTcp(address: Address, seconds: number, signal: AbortSignal): Promise<net.Socket> {
  const socket = net.connect({ ...address, family: 4 });
  // What arrives after the caller has stopped listening must not end the program.
  socket.on("error", () => {});
  return opened(socket, "connect", `opening TCP to ${address.host}:${address.port}`, seconds, signal);
}

/** Opens a Unix socket; the caller destroys it. */
export function connectSocket(path: string, seconds: number, signal: AbortSignal): Promise<net.Socket> {
  const socket = net.connect({ path });
  socket.on("error", () => {});
  return opened(socket, "connect", `opening ${path}`, seconds, signal);
}

/** Speaks TLS on an open socket and judges nothing yet, so that a bad certificate can be described. */
export function startTls(
  socket: net.Socket,
  options: { readonly host: string; readonly ca: string | undefined },
  seconds: number,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  const secure = tls.connect({
    socket,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(net.isIP(options.host) === 0 ? { servername: options.host } : {}),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  secure.on("error", () => {});
  return opened(secure, "secureConnect", "TLS handshake", seconds, signal);
}

async function opened<Socket extends net.Socket>(
  socket: Socket,
  event: "connect" | "secureConnect",
  what: string,
  seconds: number,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    await within(
      what,
      seconds,
      signal,
      () =>
        new Promise<void>((resolve, reject) => {
          socket.once(event, () => resolve());
          socket.once("error", reject);
          socket.once("close", () => reject(new Closed()));
        }),
    );
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The other side closed the connection without a word. */
export class Closed extends Error {
  constructor() {
    super("the other side closed the connection");
  }
}

/** Bytes that a server may send on one connection: all that a check asks for is a few thousand. */
const MAX_RECEIVED_BYTES = 1024 * 1024;

/** The server sends more than any answer is long. */
export class TooLong extends Error {
  constructor() {
    super(`it sends more than ${MAX_RECEIVED_BYTES / 1024 / 1024} MB where a few bytes were asked for`);
  }
}

/** Ends a connection on which too much arrives, before a client that collects whole answers fills the memory. */
export function boundReceived(socket: net.Socket): void {
  let received = 0;
  socket.on("data", (chunk: Buffer) => {
    received += chunk.length;
    if (received > MAX_RECEIVED_BYTES) socket.destroy(new TooLong());
  });
}

/** Errors of a path that may still come up: a connector that scales, Direct VPC egress in its first minute. */
const MAY_PASS = new Set(["EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Tries again what fails because the path is not there yet, until the time that a path may take has passed since the
 * start of the program. Tells how often it had to.
 */
export async function untilReady<T>(
  until: number,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<{ readonly value: T; readonly retries: number }> {
  for (let retries = 0; ; retries++) {
    try {
      return { value: await attempt(), retries };
    } catch (error) {
      const wait = Math.min(0.25 * 2 ** retries, 5);
      if (!MAY_PASS.has(codeOf(error)) || performance.now() + wait * 1000 >= until) throw error;
      await pause(wait, signal);
    }
  }
}

/** "ECONNREFUSED"; "ETIMEDOUT" for a deadline of this program; empty where there is none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "seconds" in error) return "ETIMEDOUT";
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
