import { describe, expect, test } from "@jest/globals";
import { redisConfigs } from "../../../rules/data/redis-configs.ts";
import { redisMaintenance } from "../../../rules/data/redis-maintenance.ts";
import { redisShape } from "../../../rules/data/redis-shape.ts";
import { check } from "../support.ts";
import { withRedis } from "./database-fixture.ts";

const address = "google_redis_instance.cache";
const variable = { memory: {} };

describe("data/redis-shape", () => {
  const messages = (more: { [key: string]: unknown }) =>
    check(redisShape, withRedis(more), { variable }).map(({ message }) => message);
  const replicas = { tier: "STANDARD_HA", read_replicas_mode: "READ_REPLICAS_ENABLED", memory_size_gb: 5 };

  test("1 and 300 GiB hold, 0 and 301 are refused", () => {
    expect([...messages({ memory_size_gb: 1 }), ...messages({ memory_size_gb: 300 })]).toEqual([]);
    expect(messages({ memory_size_gb: 301 })).toEqual([
      "memory_size_gb is 301, not a whole number from 1 to 300; refused at apply: no such size.",
    ]);
    expect(messages({ memory_size_gb: 0 })).toHaveLength(1);
    expect(messages({ memory_size_gb: "${var.memory}" })).toEqual([]);
  });

  test("read replicas need STANDARD_HA, 5 GiB, and are 1 to 5", () => {
    expect([...messages(replicas), ...messages({ ...replicas, replica_count: 5 })]).toEqual([]);
    expect(messages({ ...replicas, memory_size_gb: 4 })).toEqual([
      "memory_size_gb is 4 with read replicas; refused at apply: they need 5 GiB or more.",
    ]);
    expect(messages({ ...replicas, replica_count: 6 })).toHaveLength(1);
    expect(messages({ ...replicas, tier: "BASIC" })).toHaveLength(1);
  });

  test("without them STANDARD_HA has one replica and BASIC none", () => {
    expect(messages({ tier: "STANDARD_HA", replica_count: 1 })).toEqual([]);
    expect(messages({ tier: "STANDARD_HA", replica_count: 2 })).toEqual([
      "replica_count is 2 without read replicas; refused at apply: STANDARD_HA then has exactly 1.",
    ]);
    expect(messages({ replica_count: 1 })).toHaveLength(1);
  });

  test("versions and names", () => {
    expect([...messages({ redis_version: "REDIS_7_2" }), ...messages({ name: "c".repeat(40) })]).toEqual([]);
    expect(messages({ redis_version: "REDIS_7" })).toEqual([
      'redis_version is "REDIS_7"; refused at apply: Memorystore has REDIS_3_2, REDIS_4_0, REDIS_5_0, REDIS_6_X, REDIS_7_0, REDIS_7_2.',
    ]);
    expect(messages({ name: "c".repeat(41) })).toHaveLength(1);
  });

  test("the second zone is another one, of the same region, and for STANDARD_HA only", () => {
    const zones = (alternative_location_id: string, tier = "STANDARD_HA") =>
      messages({ tier, location_id: "europe-west1-b", alternative_location_id });
    expect(zones("europe-west1-c")).toEqual([]);
    expect(zones("europe-west1-b")).toHaveLength(1);
    expect(zones("us-central1-a")).toHaveLength(1);
    expect(zones("europe-west1-c", "BASIC")).toHaveLength(1);
  });
});

describe("data/redis-configs", () => {
  const configs = (redis_configs: object, more: object = {}) =>
    check(redisConfigs, withRedis({ redis_configs, ...more }), { variable });

  test("settings within their bounds hold", () => {
    expect(
      configs(
        { timeout: "120", databases: "100", "maxmemory-policy": "noeviction", "maxmemory-gb": "1" },
        { memory_size_gb: 5 },
      ),
    ).toEqual([]);
    expect(configs({ timeout: "0", activedefrag: "yes" }, { redis_version: "REDIS_6_X" })).toEqual([]);
  });

  test("values out of bounds are refused", () => {
    expect(configs({ timeout: "119" })).toMatchObject([
      {
        severity: "error",
        address,
        message: "timeout of redis_configs is 119 s; refused at apply: it is 0 or at least 120.",
      },
    ]);
    expect(configs({ databases: "101" })).toHaveLength(1);
    expect(configs({ "maxmemory-policy": "lru" })).toHaveLength(1);
    expect(configs({ "maxmemory-gb": "0.9" }, { memory_size_gb: 5 })).toHaveLength(1);
  });

  test("settings that Memorystore or the version does not have are refused", () => {
    expect(configs({ maxclients: "1000" })).toMatchObject([
      { message: "redis_configs holds maxclients; refused at apply: Memorystore does not let it be set." },
    ]);
    expect(configs({ "stream-node-max-bytes": "1" }, { redis_version: "REDIS_4_0" })).toHaveLength(1);
  });
});

describe("data/redis-maintenance", () => {
  const window = (weekly_maintenance_window: object) =>
    check(redisMaintenance, withRedis({ maintenance_policy: { weekly_maintenance_window } }));

  test("the last minute of a day holds", () => {
    expect(window({ day: "SUNDAY", start_time: { hours: 23, minutes: 59 } })).toEqual([]);
  });

  test("hour 24, a short day and no start are refused", () => {
    expect(window({ day: "SUN", start_time: { hours: 24 } }).map(({ message }) => message)).toEqual([
      'day of the maintenance window is "SUN"; refused at plan: it is MONDAY to SUNDAY.',
      "hours of the maintenance window is 24, outside 0 to 23; refused at plan.",
    ]);
    expect(window({ day: "SUNDAY" })).toMatchObject([{ address }]);
  });
});
