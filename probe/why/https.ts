import { type Failure, failed } from "../check.ts";
import { codeOf } from "../clients/connection.ts";
import type { Answer } from "../clients/https.ts";
import { TimedOut } from "../time.ts";
import { networkFailure, type Place } from "./network.ts";
import { handshakeFailure } from "./tls.ts";

/** Why an endpoint gave no answer, where its TCP and TLS passed before. */
export function requestFailure(error: unknown, place: Place): Failure {
  const code = codeOf(error);
  if (error instanceof TimedOut)
    return failed(
      "application",
      `${place.where}: no answer within ${error.seconds} s, although TCP and TLS work: what answers there hangs`,
    );
  if (code === "ECONNRESET" || code === "EPIPE")
    return failed(
      "application",
      `${place.where}: the connection was closed before the answer was complete, although TCP and TLS work: what answers there restarts or refuses`,
    );
  if (code.startsWith("HPE_"))
    return failed(
      "application",
      `${place.where}: what answers there does not speak HTTP as it should (${code})`,
    );
  const network = networkFailure(error, place);
  if (network !== undefined) return network;
  const outcome = handshakeFailure(error, place, place.listens);
  return outcome.status === "failed" ? outcome : failed("infrastructure", place.where);
}

/** An answer that says the server itself is in trouble; undefined for any other. */
export function badAnswer({ status }: Answer, place: Place): Failure | undefined {
  if (status < 500) return undefined;
  return failed(
    "application",
    `${place.where}: HTTP ${status}: it is reached, and what answers there is in trouble`,
  );
}
