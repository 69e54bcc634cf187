import { Redis } from "ioredis";
import { type CacheContext, cacheValue } from "../cache-context.ts";
import { within } from "../time.ts";
import { boundReceived } from "./connection.ts";

/**
 * One connection, without AUTH yet. The caller disconnects it.
 *
 * @param at a node of a cluster @default the address of the instance
 */
export async function openRedis(
  context: CacheContext,
  signal: AbortSignal,
  at?: { readonly host: string; readonly port: number },
): Promise<Redis> {
  const { connect, request } = context.plan.seconds;
  const ca = cacheValue(context, "REDIS_CA_CERTIFICATE") || undefined;
  const redis = new Redis({
    host: at?.host ?? cacheValue(context, "REDIS_HOST") ?? "",
    port: at?.port ?? Number(cacheValue(context, "REDIS_PORT")),
    family: 4,
    lazyConnect: true,
    connectTimeout: connect * 1000,
    commandTimeout: request * 1000,
    // Each failure is told once, as it was, and not after retries as "Connection is closed".
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
    // Certificates of Memorystore do not name the private DNS name: the CA is what proves the server.
    ...(cacheValue(context, "REDIS_TLS") === "true"
      ? { tls: { ...(ca === undefined ? {} : { ca }), checkServerIdentity: () => undefined } }
      : {}),
  });
  let first: Error | undefined;
  redis.on("error", (error: Error) => {
    first ??= error;
  });
  redis.once("connect", () => boundReceived(redis.stream));
  signal.addEventListener("abort", () => redis.disconnect(), { once: true });
  try {
    await within("opening the Redis connection", connect, signal, () => redis.connect());
    return redis;
  } catch (error) {
    redis.disconnect();
    throw first ?? error;
  }
}

/** Sends a command, and tells the reason that the connection died of instead of "Connection is closed". */
export async function command(redis: Redis, name: string, ...values: string[]): Promise<unknown> {
  let lost: Error | undefined;
  const note = (error: Error): void => {
    lost ??= error;
  };
  redis.on("error", note);
  try {
    return await redis.call(name, ...values);
  } catch (error) {
    throw lost ?? error;
  } finally {
    redis.off("error", note);
  }
}
