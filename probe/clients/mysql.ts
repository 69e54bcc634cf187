import type net from "node:net";
import { within } from "../time.ts";
import { Closed } from "./connection.ts";

/** What a server says first, before it knows who asks. */
export type Greeting =
  | { readonly kind: "ready"; readonly version: string; readonly offersTls: boolean }
  /** It refuses everybody, or whoever comes from here. */
  | { readonly kind: "refused"; readonly code: number; readonly message: string }
  | { readonly kind: "stranger" };

const HEADER_BYTES = 4;
/** Greetings are about a hundred bytes; more is no MySQL. */
const LONGEST_GREETING = 4096;
const PROTOCOL = 10;
const ERROR = 0xff;

/** Capabilities of https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html. */
const CLIENT_PROTOCOL_41 = 0x200;
const CLIENT_SSL = 0x800;
const CLIENT_SECURE_CONNECTION = 0x8000;
const MAX_PACKET = 0x1000000;
const UTF8MB4 = 45;

/** Reads the greeting of an open connection, as every client does before it logs in. */
export async function readGreeting(
  socket: net.Socket,
  seconds: number,
  signal: AbortSignal,
): Promise<Greeting> {
  const packet = await within("reading the greeting", seconds, signal, () => firstPacket(socket));
  return packet === undefined ? { kind: "stranger" } : parseGreeting(packet);
}

/** Asks for TLS in answer to a greeting; the server then waits for the TLS handshake. */
export function askForTls(socket: net.Socket): void {
  const request = Buffer.alloc(HEADER_BYTES + 32);
  request.writeUIntLE(32, 0, 3);
  request.writeUInt8(1, 3);
  request.writeUInt32LE(CLIENT_PROTOCOL_41 | CLIENT_SSL | CLIENT_SECURE_CONNECTION, HEADER_BYTES);
  request.writeUInt32LE(MAX_PACKET, HEADER_BYTES + 4);
  request.writeUInt8(UTF8MB4, HEADER_BYTES + 8);
  socket.write(request);
}

/** The first packet without its header; undefined where what arrives is none. */
function firstPacket(socket: net.Socket): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const end = (result: Buffer | undefined): void => {
      socket.off("data", take);
      resolve(result);
    };
    const take = (part: Buffer): void => {
      received = Buffer.concat([received, part]);
      if (received.length < HEADER_BYTES) return;
      const length = received.readUIntLE(0, 3);
      if (length === 0 || length > LONGEST_GREETING) end(undefined);
      else if (received.length >= HEADER_BYTES + length)
        end(received.subarray(HEADER_BYTES, HEADER_BYTES + length));
    };
    socket.on("data", take);
    socket.once("error", reject);
    socket.once("close", () => reject(new Closed()));
  });
}

function parseGreeting(packet: Buffer): Greeting {
  if (packet[0] === ERROR && packet.length >= 3) {
    const message = packet
      .subarray(3)
      .toString("utf8")
      .replace(/^#.{5}/, "");
    return { kind: "refused", code: packet.readUInt16LE(1), message: message.split("\n")[0] ?? "" };
  }
  const end = packet.indexOf(0, 1);
  // Connection id, 8 bytes of a challenge and a filler come before the lower half of the capabilities.
  const capabilities = end + 1 + 4 + 8 + 1;
  if (packet[0] !== PROTOCOL || end < 0 || packet.length < capabilities + 2) return { kind: "stranger" };
  return {
    kind: "ready",
    version: packet.subarray(1, end).toString("latin1"),
    offersTls: (packet.readUInt16LE(capabilities) & CLIENT_SSL) !== 0,
  };
}
