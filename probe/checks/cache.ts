import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { percentile } from "../../values/percentile.ts";
import { type CacheContext, cacheContexts, cacheValue, cacheVariable } from "../cache-context.ts";
import { type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { accessToken } from "../clients/metadata.ts";
import { command, openRedis } from "../clients/redis.ts";
import { milliseconds } from "../time.ts";
import type { Place } from "../why/network.ts";
import { redisFailure } from "../why/redis.ts";
import { nodesAnswer } from "./cluster-nodes.ts";
import { type Endpoint, endpointChecks, placeOf, reachable } from "./endpoint.ts";
import { secretCheck, secretOf } from "./secrets.ts";

/** Each Redis from its name to a full pool. */
export function cacheChecks(context: Context): Check[] {
  return cacheContexts(context).flatMap(checksOf);
}

function checksOf(context: CacheContext): Check[] {
  const { plan, cache } = context;
  const { target } = cache;
  const endpoint = endpointOf(context);
  const place = placeOf(endpoint);
  const { connect, request } = plan.seconds;
  // One connection at a time until the pool: no more are open at once than an instance of the service may have.
  const before: string[] = [];
  const check = (name: string, needs: string[], run: Check["run"]): Check => ({
    name: `${target}/${name}`,
    category: "cache",
    needs,
    after: before.splice(0, 1, `${target}/${name}`),
    seconds: connect + request,
    run: async (signal) => {
      try {
        return await run(signal);
      } catch (error) {
        if (error instanceof NoToken) return failed("infrastructure", `${place.where}: ${error.message}`);
        return redisFailure(error, context, place);
      }
    },
  });
  return [
    ...endpointChecks(context, endpoint),
    check("auth", [reachable(endpoint), secretCheck(cacheVariable(context, "REDIS_PASSWORD"))], (signal) =>
      right(context, signal),
    ),
    ...(cache.auth
      ? [
          check("auth-missing", [`${target}/auth`], (signal) => missing(context, place, signal)),
          check("auth-wrong", [`${target}/auth`], (signal) => wrong(context, place, signal)),
        ]
      : []),
    check("writable", [`${target}/auth`], (signal) => takesWrites(context, place, signal)),
    check("ping", [`${target}/auth`], (signal) => pings(context, place, signal)),
    ...(cache.cluster === true
      ? [
          check("nodes", [`${target}/ping`], async (signal) =>
            nodesAnswer(context, await ownPassword(context, signal), place, signal),
          ),
        ]
      : []),
    check("pool", [`${target}/ping`], (signal) => fillPool(context, place, signal)),
  ];
}

function endpointOf(context: CacheContext): Endpoint {
  const { ports, target } = context.cache;
  const value = (name: string): string | undefined => cacheValue(context, name);
  const ca = value("REDIS_CA_CERTIFICATE") || undefined;
  const authorityFrom = cacheVariable(context, "REDIS_CA_CERTIFICATE");
  const written = `${cacheVariable(context, "REDIS_TLS")} is ${value("REDIS_TLS")}`;
  const listens =
    ports.tls === ports.plain
      ? `${labelOf(context)} listens on ${ports.tls}, with TLS or without; ${written}`
      : `Redis listens on ${ports.tls} with TLS and on ${ports.plain} without; ${written}`;
  return {
    target,
    host: value("REDIS_HOST") ?? "",
    port: Number(value("REDIS_PORT")),
    reach: "private",
    ...(context.cache.range === undefined ? {} : { range: context.cache.range }),
    listens,
    ...(value("REDIS_TLS") === "true"
      ? {
          tls: {
            identity: { host: undefined, authority: `the CA in ${authorityFrom}` },
            ...(ca === undefined ? {} : { ca }),
            authorityFrom,
            plain: listens,
          },
        }
      : {}),
  };
}

async function connected<T>(
  context: CacheContext,
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

/** The AUTH string, or with IAM a token as the service itself gets one. */
async function ownPassword(context: CacheContext, signal: AbortSignal): Promise<string | undefined> {
  const { auth, iam } = context.cache;
  if (!auth) return undefined;
  if (iam === undefined) return cacheValue(context, "REDIS_PASSWORD");
  const token = await accessToken(context.plan.seconds.request, signal);
  if (token === undefined) throw new NoToken();
  return token;
}

function labelOf({ cache }: CacheContext): string {
  return cache.engine === "valkey" ? "Valkey" : "Redis";
}

/** The account of the job has no token. */
class NoToken extends Error {
  constructor() {
    super(
      "the metadata server gives no access token: AUTH of Valkey takes one of the account of the service",
    );
  }
}

async function right(context: CacheContext, signal: AbortSignal): Promise<Outcome> {
  const own = await ownPassword(context, signal);
  await connected(context, own, signal, (redis) => command(redis, "PING"));
  return passed(
    own === undefined
      ? `${labelOf(context)} answers without AUTH, as written`
      : context.cache.iam === true
        ? "AUTH with an access token of the service's account"
        : `AUTH with ${secretOf(context, cacheVariable(context, "REDIS_PASSWORD"))}`,
  );
}

async function missing(context: CacheContext, place: Place, signal: AbortSignal): Promise<Outcome> {
  try {
    await connected(context, undefined, signal, (redis) => command(redis, "PING"));
  } catch (error) {
    if (error instanceof Error && error.message.includes("NOAUTH"))
      return passed(`${labelOf(context)} refuses who sends no AUTH`);
    throw error;
  }
  return failed(
    "infrastructure",
    `${place.where}: ${labelOf(context)} answers without AUTH: AUTH is off on the server`,
  );
}

async function wrong(context: CacheContext, place: Place, signal: AbortSignal): Promise<Outcome> {
  try {
    await connected(context, randomUUID(), signal, (redis) => command(redis, "PING"));
  } catch (error) {
    if (error instanceof Error && /WRONGPASS|invalid password/.test(error.message))
      return passed(`${labelOf(context)} refuses a wrong AUTH string`);
    throw error;
  }
  return failed("infrastructure", `${place.where}: ${labelOf(context)} accepts any AUTH string`);
}

/** A replica and a full instance answer PING, and refuse each write of the service. INFO says so without writing. */
async function takesWrites(context: CacheContext, place: Place, signal: AbortSignal): Promise<Outcome> {
  const own = await ownPassword(context, signal);
  const info = await connected(context, own, signal, (redis) => command(redis, "INFO"));
  const field = (name: string): string =>
    new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(String(info))?.[1] ?? "";
  // Behind the address of discovery each node of a cluster answers.
  if (field("role") === "slave" && context.cache.cluster !== true)
    return failed("infrastructure", `${place.where}: this is a replica: the address is not the primary's`);
  const [used, most] = [Number(field("used_memory")), Number(field("maxmemory"))];
  if (most > 0 && used >= most && field("maxmemory_policy") === "noeviction")
    return failed(
      "infrastructure",
      `${place.where}: the memory is full (${used} of ${most} bytes) and maxmemory-policy is noeviction: every write is refused; let it evict, or give it more`,
      { usedBytes: used, mostBytes: most },
    );
  return passed(
    context.cache.cluster === true
      ? "the cluster has room for writes"
      : `${labelOf(context)} is the primary, and takes writes`,
  );
}

async function pings(context: CacheContext, place: Place, signal: AbortSignal): Promise<Outcome> {
  const { cache } = context;
  const own = await ownPassword(context, signal);
  const sample = await connected(context, own, signal, async (redis) => {
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
    `${place.where}: ${said}: ${labelOf(context)} is overloaded or in another region, or the connector is saturated`,
    measured,
  );
}

async function fillPool(context: CacheContext, place: Place, signal: AbortSignal): Promise<Outcome> {
  const { perInstance } = context.cache;
  const opened: Redis[] = [];
  const password = await ownPassword(context, signal);
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
  if (lost === undefined)
    return passed(
      `${perInstance} connections at once (${cacheVariable(context, "REDIS_POOL_SIZE")})`,
      measured,
    );
  const failure = redisFailure(lost.reason, context, place, answered > 0);
  return { ...failure, why: `${answered} of ${perInstance} connections at once: ${failure.why}`, measured };
}
