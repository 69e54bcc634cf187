import { WebSocket } from "ws";
import { within } from "../time.ts";

/** Normal closure, as both sides say it. */
const NORMAL = 1000;

/** No message is read here; a server that greets with one says less. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** The answer to an upgrade was not 101. */
export class NotUpgraded extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status} instead of 101`);
    this.status = status;
  }
}

/** The WebSocket opened, and something after it went wrong. */
export class BrokenSocket extends Error {}

/**
 * A WebSocket from the handshake to its end: upgraded, one ping echoed, and closed by both sides. The ping is the
 * protocol's own, which every server must echo, so that no application has to know of it.
 *
 * @param url "wss://..."
 * @throws NotUpgraded, BrokenSocket, TimedOut and errors of the network
 */
export function roundTrip(url: URL, seconds: number, signal: AbortSignal): Promise<void> {
  return within(`WebSocket to ${url.host}${url.pathname}`, seconds, signal, (stop) => {
    const socket = new WebSocket(url, {
      family: 4,
      agent: false,
      // A few bytes of compressed data may be a hundred megabytes.
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
    });
    const token = Buffer.from(String(process.hrtime.bigint()));
    return new Promise<void>((resolve, reject) => {
      let echoed = false;
      stop.addEventListener("abort", () => socket.terminate(), { once: true });
      socket.on("error", reject);
      socket.once("unexpected-response", (request, response) => {
        reject(new NotUpgraded(response.statusCode ?? 0));
        request.destroy();
      });
      socket.once("open", () => socket.ping(token));
      socket.on("pong", (data) => {
        if (!data.equals(token)) return;
        echoed = true;
        socket.close(NORMAL);
      });
      socket.once("close", (code) => {
        if (!echoed) reject(new BrokenSocket(`closed with ${code} before it answered a ping`));
        else if (code !== NORMAL) reject(new BrokenSocket(`closed with ${code} instead of ${NORMAL}`));
        else resolve();
      });
    });
  });
}
