import { isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { redisLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { REDIS_CONFIGS } from "./sources.ts";

/** The lowest version that has each setting. */
const SINCE: { readonly [key: string]: number } = {
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

const POLICIES = /^(noeviction|(allkeys|volatile)-(lru|lfu|random)|volatile-ttl)$/;

const SWITCHES = /^(activedefrag|lazyfree-.*)$/;

/** M12: what of redis.conf may be set. */
export const redisConfigs: Rule = {
  id: "data/redis-configs",
  why: "Memorystore takes a short list of Redis settings, each with its bounds; every other fails the apply.",
  limit: `${Object.keys(SINCE).join(", ")}; timeout 0 or ${redisLimits.idleTimeoutLow.value} and more; databases 1 to ${redisLimits.databasesHigh.value}`,
  fix: "Remove the setting, or write a value within its bounds.",
  source: REDIS_CONFIGS,
  example: `resource "google_redis_instance" "cache" {
  name           = "cache"
  memory_size_gb = 1
  redis_configs = {
    timeout = "60" # 0, or 120 and more
  }
}`,
  *check(graph) {
    for (const resource of graph.all("google_redis_instance")) {
      const configs = resource.get("redis_configs");
      if (
        configs === undefined ||
        isUnknown(configs) ||
        typeof configs !== "object" ||
        Array.isArray(configs)
      )
        continue;
      for (const [key, value] of Object.entries(configs)) {
        for (const what of slips(resource, key, value))
          yield { resource, severity: "error", message: `${what}.` };
      }
    }
  },
};

function* slips(redis: Resource, key: string, value: Value): Iterable<string> {
  const since = SINCE[key];
  if (since === undefined) {
    yield `redis_configs holds ${key}; refused at apply: Memorystore does not let it be set`;
    return;
  }
  const version = /^REDIS_(\d)_(\d|X)$/.exec(redis.string("redis_version") ?? "");
  // 6.X is the newest of version 6.
  const own = version === null ? undefined : Number(`${version[1]}.${version[2] === "X" ? 9 : version[2]}`);
  if (own !== undefined && own < since)
    yield `redis_configs holds ${key} with ${redis.string("redis_version")}; refused at apply: it exists since version ${since.toFixed(1)}`;
  if (isUnknown(value) || value === null) return;
  const text = String(value);
  const number = Number(text);
  const { idleTimeoutLow, databasesHigh } = redisLimits;
  if (key === "timeout" && number !== 0 && !(number >= idleTimeoutLow.value))
    yield `timeout of redis_configs is ${text} s; refused at apply: it is 0 or at least ${idleTimeoutLow.value}`;
  if (key === "databases" && !(number >= 1 && number <= databasesHigh.value))
    yield `databases of redis_configs is ${text}; refused at apply: it is 1 to ${databasesHigh.value}`;
  if (key === "maxmemory-policy" && !POLICIES.test(text))
    yield `maxmemory-policy is "${text}"; refused at apply: Redis has no such policy`;
  if (key === "notify-keyspace-events" && !/^[KEg$lshzxetmdnA]*$/.test(text))
    yield `notify-keyspace-events is "${text}"; refused at apply: it is made of the letters K, E, g, $, l, s, h, z, x, e, t, m, d, n, A`;
  if (SWITCHES.test(key) && !/^(yes|no)$/.test(text))
    yield `${key} of redis_configs is "${text}"; refused at apply: it is yes or no`;
  const memory = redis.number("memory_size_gb");
  if (key === "maxmemory-gb" && memory !== undefined && !(number >= memory * LEAST_SHARE && number <= memory))
    yield `maxmemory-gb is ${text} of memory_size_gb ${memory}; refused at apply: it is 20% to 100% of the capacity`;
}

/** maxmemory-gb leaves no more than four fifths of the capacity unused. */
const LEAST_SHARE = 0.2;
