import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withRedis } from "./database-fixture.ts";

const redisConfigs = ruleById("data/redis-configs");
const address = "google_redis_instance.cache";
const variable = { memory: {} };
const error = (message: string) => [{ severity: "error", message: expect.stringContaining(message) }];

describe("data/redis-configs", () => {
  const configs = (redis_configs: object, more: object = {}) =>
    check(redisConfigs, withRedis({ redis_configs, ...more }), { variable });

  test("settings within their bounds pass", () => {
    expect(
      configs(
        { timeout: "120", databases: "100", "maxmemory-policy": "noeviction", "maxmemory-gb": "1" },
        { memory_size_gb: 5 },
      ),
    ).toEqual([]);
    expect(configs({ timeout: "0", activedefrag: "yes" }, { redis_version: "REDIS_6_X" })).toEqual([]);
  });

  test("values out of bounds are rejected", () => {
    expect(configs({ timeout: "119" })).toMatchObject([
      {
        severity: "error",
        address,
        message: "redis_configs.timeout is 119; rejected by the API: it must be 0 or at least 120 seconds.",
      },
    ]);
    expect(configs({ databases: "101" })).toHaveLength(1);
    expect(configs({ "maxmemory-policy": "lru" })).toHaveLength(1);
    expect(configs({ "maxmemory-gb": "0.9" }, { memory_size_gb: 5 })).toHaveLength(1);
  });

  test("settings that Memorystore or the version does not have are rejected", () => {
    expect(configs({ maxclients: "1000" })).toMatchObject([
      {
        message: "redis_configs.maxclients is set; rejected by the API: Memorystore does not let it be set.",
      },
    ]);
    expect(configs({ "stream-node-max-bytes": "1" }, { redis_version: "REDIS_4_0" })).toHaveLength(1);
  });
});

describe("data/redis-configs", () => {
  const configs = (redis_configs: object) => check(redisConfigs, withRedis({ redis_configs }));

  test("switches are yes or no, events are letters", () => {
    expect(configs({ activedefrag: "yes", "notify-keyspace-events": "KEA" })).toEqual([]);
    expect(configs({ activedefrag: "true" })).toMatchObject(
      error('redis_configs.activedefrag is "true"; rejected by the API: it must be one of yes, no.'),
    );
    expect(configs({ "notify-keyspace-events": "xyz" })).toMatchObject(
      error('notify-keyspace-events is "xyz"'),
    );
  });
});
