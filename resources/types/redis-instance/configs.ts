import { rangeFaults } from "../../constraints/evaluate.ts";
import { choice, custom, form, range } from "../../constraints/index.ts";
import { redisLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";

/** The settings of redis.conf that Memorystore lets be set, each with the lowest version that has it. */
const SINCE: Readonly<Record<string, number>> = {
  activedefrag: 4.0,
  databases: 3.2,
  "lazyfree-lazy-eviction": 4.0,
  "lazyfree-lazy-expire": 4.0,
  "lazyfree-lazy-server-del": 4.0,
  "lazyfree-lazy-user-del": 6.0,
  "lazyfree-lazy-user-flush": 6.2,
  "lfu-decay-time": 4.0,
  "lfu-log-factor": 4.0,
  "maxmemory-clients": 7.0,
  "maxmemory-gb": 3.2,
  "maxmemory-policy": 3.2,
  "notify-keyspace-events": 3.2,
  "stream-node-max-bytes": 5.0,
  "stream-node-max-entries": 5.0,
  timeout: 3.2,
};
const SWITCHES = Object.keys(SINCE).filter((key) => /^(activedefrag|lazyfree-.*)$/.test(key));
/** maxmemory-gb leaves at most four fifths of the capacity unused. */
const SMALLEST_SHARE = 0.2;

/** Values of settings that Redis and Valkey have in common, in the attribute that holds them. */
export const commonConfigs = (attribute: string) => [
  choice(`${attribute}.maxmemory-policy`, [
    "noeviction",
    "allkeys-lru",
    "allkeys-lfu",
    "allkeys-random",
    "volatile-lru",
    "volatile-lfu",
    "volatile-random",
    "volatile-ttl",
  ]),
  form(`${attribute}.notify-keyspace-events`, /^[KEg$lshzxetmdnA]*$/, {
    form: "made of the letters K, E, g, $, l, s, h, z, x, e, t, m, d, n and A",
    examples: ["KEA", "Kx"],
  }),
];

/** Settings of Redis itself. */
export const configs: FieldRule = {
  id: "data/redis-configs",
  why: "Memorystore takes a short list of Redis settings, each with its bounds; any other fails the apply.",
  source: limits.idleTimeoutLow.source,
  constraints: [
    custom(`redis_configs: ${Object.keys(SINCE).join(", ")}`, function* (redis) {
      const written = redis.get("redis_configs");
      if (typeof written !== "object" || Array.isArray(written) || redis.isUnknown("redis_configs")) return;
      const version = /^REDIS_(\d)_(\d|X)$/.exec(redis.string("redis_version") ?? "");
      // 6.X is the newest of version 6.
      const own =
        version === null ? undefined : Number(`${version[1]}.${version[2] === "X" ? 9 : version[2]}`);
      for (const key of Object.keys(written ?? {})) {
        const since = SINCE[key];
        const fix = `Remove ${key} from redis_configs.`;
        if (since === undefined)
          yield { found: `redis_configs.${key} is set`, because: "Memorystore does not let it be set", fix };
        else if (own !== undefined && own < since)
          yield {
            found: `redis_configs.${key} is set with redis_version "${redis.string("redis_version")}"`,
            because: `it exists since version ${since.toFixed(1)}`,
            fix,
          };
      }
    }),
    range("redis_configs.timeout", {
      low: limits.idleTimeoutLow,
      zeroIsUnset: true,
      because: `it must be 0 or at least ${limits.idleTimeoutLow.value} seconds`,
    }),
    range("redis_configs.databases", { low: 1, high: limits.databasesHigh }),
    ...commonConfigs("redis_configs"),
    ...SWITCHES.map((key) => choice(`redis_configs.${key}`, ["yes", "no"])),
    custom(
      `redis_configs.maxmemory-gb: ${SMALLEST_SHARE * 100}% to 100% of memory_size_gb`,
      function* (redis) {
        const memory = redis.number("memory_size_gb");
        if (memory !== undefined)
          yield* rangeFaults(
            range("redis_configs.maxmemory-gb", { low: memory * SMALLEST_SHARE, high: memory, unit: "GiB" }),
            redis,
          );
      },
    ),
  ],
};
