import { type CacheContext, cacheValue, cacheVariable } from "../cache-context.ts";
import { type Failure, failed } from "../check.ts";
import { secretOf } from "../checks/secrets.ts";
import { codeOf } from "../clients/connection.ts";
import { networkFailure, type Place } from "./network.ts";
import { handshakeFailure } from "./tls.ts";
import { unexpected } from "./unexpected.ts";

/**
 * Why a Redis connection or command failed, in Redis' own error words.
 *
 * @param othersWork other connections of the same moment were taken @default false
 */
export function redisFailure(
  error: unknown,
  context: CacheContext,
  place: Place,
  othersWork = false,
): Failure {
  const { cache } = context;
  const words = error instanceof Error ? error.message : String(error);
  const label = cache.engine === "valkey" ? "Valkey" : "Redis";
  const secret = secretOf(context, cacheVariable(context, "REDIS_PASSWORD"));
  // Over TLS Redis cuts the connection before it could say why.
  const cut = /Connection is closed|disconnected before secure|ECONNRESET|EPIPE/.test(
    `${words} ${codeOf(error)}`,
  );
  if (words.includes("max number of clients") || (cut && othersWork))
    return told(
      `maxclients reached: no more connections are taken. Budget ${cache.needed} of ${cache.clients} clients: somebody opens more, or maxclients in force is lower`,
    );
  if (words.includes("WRONGPASS") || words.includes("invalid password"))
    return told(
      cache.iam === true
        ? "AUTH refused: the account of the service lacks roles/memorystore.dbConnectionUser on this instance, or the grant is not in force yet"
        : `AUTH wrong: ${secret} is not the AUTH string in force; it changes when AUTH is switched off and on`,
    );
  if (words.includes("NOAUTH"))
    return told(
      `AUTH missing: ${label} asks for it, and ${cache.iam === true ? "no token" : secret} was not sent`,
    );
  if (words.includes("without any password configured"))
    return told(
      `AUTH is off on the server, and ${cache.iam === true ? "a token" : secret} was sent: the instance is not the one that is written`,
    );
  if (words.includes("LOADING")) return told(`${label} is loading its data: it was restarted or failed over`);
  if (words.includes("READONLY")) return told("this is a replica: the address is not the primary's");
  if (words.includes("MASTERDOWN")) return told("this is a replica that has lost its primary: it fails over");
  if (words.includes("Command timed out"))
    return told(
      `no answer within ${context.plan.seconds.request} s: it takes connections, and hangs or is overloaded`,
    );
  if (/RESP type|Protocol error/.test(words))
    return told(`what listens there does not speak Redis without TLS: ${place.listens}`);
  if (cut)
    return told(
      cacheValue(context, "REDIS_TLS") === "true"
        ? "the connection was closed at once: a restart, or maxclients reached"
        : `the connection was closed at once: a TLS port that was spoken to without TLS, no Redis, or a restart. ${place.listens}`,
    );
  const handshake = handshakeWords(error, place);
  return handshake ?? networkFailure(error, place) ?? unexpected(error, place.where);

  function told(why: string): Failure {
    return failed("infrastructure", `${place.where}: ${why}`);
  }
}

function handshakeWords(error: unknown, place: Place): Failure | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (!code.startsWith("ERR_SSL") && code !== "EPROTO") return undefined;
  const outcome = handshakeFailure(error, place, place.listens);
  return outcome.status === "failed" ? outcome : undefined;
}
