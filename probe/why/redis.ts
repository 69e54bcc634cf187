import { type Context, type Failure, failed } from "../check.ts";
import { secretOf } from "../checks/secrets.ts";
import { networkFailure, type Place } from "./network.ts";
import { handshakeFailure } from "./tls.ts";
import { unexpected } from "./unexpected.ts";

/** Why a Redis connection or command failed, in Redis' own error words. */
export function redisFailure(error: unknown, context: Context, place: Place): Failure {
  const { cache } = context.plan;
  const words = error instanceof Error ? error.message : String(error);
  const secret = secretOf(context, "REDIS_PASSWORD");
  if (words.includes("max number of clients"))
    return told(
      `maxclients reached: no more connections are taken. Budget ${cache?.needed} of ${cache?.clients} clients: somebody opens more, or maxclients in force is lower`,
    );
  if (words.includes("WRONGPASS") || words.includes("invalid password"))
    return told(
      `AUTH wrong: ${secret} is not the AUTH string in force; it changes when AUTH is switched off and on`,
    );
  if (words.includes("NOAUTH")) return told(`AUTH missing: Redis asks for it, and ${secret} was not sent`);
  if (words.includes("without any password configured"))
    return told(
      `AUTH is off on the server, and ${secret} was sent: the instance is not the one that is written`,
    );
  if (words.includes("LOADING")) return told("Redis is loading its data: it was restarted or failed over");
  if (words.includes("READONLY")) return told("this is a replica: the address is not the primary's");
  if (/RESP type|Protocol error/.test(words))
    return told(`what listens there does not speak Redis without TLS: ${place.listens}`);
  if (/Connection is closed|ECONNRESET|EPIPE/.test(words))
    return told(
      `the connection was closed at once: a TLS port that was spoken to without TLS, no Redis, or a restart. ${place.listens}`,
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
