import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { percentile } from "../../platform/percentile.ts";
import type { PlannedCache } from "../../platform/preflight.ts";
import { type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { command, openRedis } from "../clients/redis.ts";
import { milliseconds } from "../time.ts";
import type { Place } from "../why/network.ts";
import { redisFailure } from "../why/redis.ts";
import { type Endpoint, endpointChecks, placeOf, reachable } from "./endpoint.ts";
import { secretCheck, secretOf } from "./secrets.ts";

/** Redis from its name to a full pool. */
export function cacheChecks(context: Context): Check[] {
  const { plan, variables } = context;
  const { cache } = plan;
  if (cache === undefined) return [];
  const endpoint = endpointOf(context, cache);
  const place = placeOf(endpoint);
  const { connect, request } = plan.seconds;
  // One connection at a time until the pool: no more are open at once than an instance of the service may have.
  const before: string[] = [];
  const check = (name: string, needs: string[], run: Check["run"]): Check => ({
    name: `cache/${name}`,
    category: "cache",
    needs,
    after: before.splice(0, 1, `cache/${name}`),
    seconds: connect + request,
    run: async (signal) => {
      try {
        return await run(signal);
      } catch (error) {
        return redisFailure(error, context, place);
      }
    },
  });
  const password = variables.REDIS_PASSWORD;
  return [
    ...endpointChecks(context, endpoint),
    check("auth", [reachable(endpoint), secretCheck("REDIS_PASSWORD")], (signal) =>
      right(context, password, signal),
    ),
    ...(cache.auth
      ? [
          check("auth-missing", ["cache/auth"], (signal) => missing(context, place, signal)),
          check("auth-wrong", ["cache/auth"], (signal) => wrong(context, place, signal)),
        ]
      : []),
    check("writable", ["cache/auth"], (signal) => takesWrites(context, place, signal)),
    check("ping", ["cache/auth"], (signal) => pings(context, cache, place, signal)),
    check("pool", ["cache/ping"], (signal) => fillPool(context, cache, place, signal)),
  ];
}

function endpointOf({ variables }: Context, cache: PlannedCache): Endpoint {
  const ca = variables.REDIS_CA_CERTIFICATE || undefined;
  const listens = `Redis listens on ${cache.ports.tls} with TLS and on ${cache.ports.plain} without; REDIS_TLS is ${variables.REDIS_TLS}`;
  return {
    target: "cache",
    host: variables.REDIS_HOST ?? "",
    port: Number(variables.REDIS_PORT),
    reach: "private",
    listens,
    ...(variables.REDIS_TLS === "true"
      ? {
          tls: {
            identity: { host: undefined, authority: "the CA in REDIS_CA_CERTIFICATE" },
            ...(ca === undefined ? {} : { ca }),
            authorityFrom: "REDIS_CA_CERTIFICATE",
            plain: listens,
          },
        }
      : {}),
  };
}

async function connected<T>(
  context: Context,
  password: string | undefined,
  signal: AbortSignal,
  use: (redis: Redis) => Promise<T>,
): Promise<T> {
  const redis = await openRedis(context, signal);
  try {
    if (password !== undefined) await command(redis, "AUTH", password);
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

function ownPassword({ plan, variables }: Context): string | undefined {
  return plan.cache?.auth ? variables.REDIS_PASSWORD : undefined;
}

async function right(context: Context, password: string | undefined, signal: AbortSignal): Promise<Outcome> {
  const own = context.plan.cache?.auth ? password : undefined;
  await connected(context, own, signal, (redis) => command(redis, "PING"));
  return passed(
    own === undefined
      ? "Redis answers without AUTH, as written"
      : `AUTH with ${secretOf(context, "REDIS_PASSWORD")}`,
  );
}

async function missing(context: Context, place: Place, signal: AbortSignal): Promise<Outcome> {
  try {
    await connected(context, undefined, signal, (redis) => command(redis, "PING"));
  } catch (error) {
    if (error instanceof Error && error.message.includes("NOAUTH"))
      return passed("Redis refuses who sends no AUTH");
    throw error;
  }
  return failed("infrastructure", `${place.where}: Redis answers without AUTH: AUTH is off on the server`);
}

async function wrong(context: Context, place: Place, signal: AbortSignal): Promise<Outcome> {
  try {
    await connected(context, randomUUID(), signal, (redis) => command(redis, "PING"));
  } catch (error) {
    if (error instanceof Error && /WRONGPASS|invalid password/.test(error.message))
      return passed("Redis refuses a wrong AUTH string");
    throw error;
  }
  return failed("infrastructure", `${place.where}: Redis accepts any AUTH string`);
}

/** A replica and a full instance answer PING, and refuse each write of the service. INFO says so without writing. */
async function takesWrites(context: Context, place: Place, signal: AbortSignal): Promise<Outcome> {
  const info = await connected(context, ownPassword(context), signal, (redis) => command(redis, "INFO"));
  const field = (name: string): string =>
    new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(String(info))?.[1] ?? "";
  if (field("role") === "slave")
    return failed("infrastructure", `${place.where}: this is a replica: the address is not the primary's`);
  const [used, most] = [Number(field("used_memory")), Number(field("maxmemory"))];
  if (most > 0 && used >= most && field("maxmemory_policy") === "noeviction")
    return failed(
      "infrastructure",
      `${place.where}: the memory is full (${used} of ${most} bytes) and maxmemory-policy is noeviction: every write is refused; let it evict, or give it more`,
      { usedBytes: used, mostBytes: most },
    );
  return passed("Redis is the primary, and takes writes");
}

async function pings(
  context: Context,
  cache: PlannedCache,
  place: Place,
  signal: AbortSignal,
): Promise<Outcome> {
  const sample = await connected(context, ownPassword(context), signal, async (redis) => {
    const taken: number[] = [];
    for (let ping = 0; ping < cache.pings; ping++) {
      const startedAt = performance.now();
      await command(redis, "PING");
      taken.push(milliseconds(startedAt));
    }
    return taken;
  });
  const median = percentile(sample, 0.5) ?? 0;
  const worst = percentile(sample, 1) ?? 0;
  const measured = { medianMilliseconds: median, worstMilliseconds: worst };
  const said = `${cache.pings} PINGs: median ${median} ms, worst ${worst} ms (limit ${cache.pingMilliseconds} ms)`;
  if (median < cache.pingMilliseconds) return passed(said, measured);
  return failed(
    "infrastructure",
    `${place.where}: ${said}: Redis is overloaded or in another region, or the connector is saturated`,
    measured,
  );
}

async function fillPool(
  context: Context,
  { perInstance }: PlannedCache,
  place: Place,
  signal: AbortSignal,
): Promise<Outcome> {
  const opened: Redis[] = [];
  const password = ownPassword(context);
  const attempts = await Promise.allSettled(
    Array.from({ length: perInstance }, async () => {
      const redis = await openRedis(context, signal);
      opened.push(redis);
      if (password !== undefined) await command(redis, "AUTH", password);
      await command(redis, "PING");
    }),
  );
  for (const redis of opened) redis.disconnect();
  const answered = attempts.filter(({ status }) => status === "fulfilled").length;
  const measured = { opened: answered, wanted: perInstance };
  const lost = attempts.find((attempt) => attempt.status === "rejected");
  if (lost === undefined) return passed(`${perInstance} connections at once (REDIS_POOL_SIZE)`, measured);
  const failure = redisFailure(lost.reason, context, place, answered > 0);
  return { ...failure, why: `${answered} of ${perInstance} connections at once: ${failure.why}`, measured };
}
