import { type Failure, failed } from "../check.ts";
import type { Answer } from "../clients/https.ts";
import { TimedOut } from "../time.ts";
import { networkFailure, type Place } from "./network.ts";
import { handshakeFailure } from "./tls.ts";

/** Why an endpoint gave no answer, or a bad one. */
export function requestFailure(error: unknown, place: Place): Failure {
  if (error instanceof TimedOut)
    return failed(
      "application",
      `${place.where}: no answer within ${error.seconds} s, although TCP and TLS work: what answers there hangs`,
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
