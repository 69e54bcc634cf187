import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withRedis } from "./database-fixture.ts";

const redisShape = ruleById("data/redis-shape");
const variable = { memory: {} };

describe("data/redis-shape", () => {
  const messages = (more: { [key: string]: unknown }) =>
    check(redisShape, withRedis(more), { variable }).map(({ message }) => message);
  const replicas = { tier: "STANDARD_HA", read_replicas_mode: "READ_REPLICAS_ENABLED", memory_size_gb: 5 };

  test("1 and 300 GiB pass, 0 and 301 are rejected", () => {
    expect([...messages({ memory_size_gb: 1 }), ...messages({ memory_size_gb: 300 })]).toEqual([]);
    expect(messages({ memory_size_gb: 301 })).toEqual([
      "memory_size_gb is 301; rejected by the API: it must be a whole number from 1 to 300 GiB.",
    ]);
    expect(messages({ memory_size_gb: 0 })).toHaveLength(1);
    expect(messages({ memory_size_gb: "${var.memory}" })).toEqual([]);
  });

  test("read replicas need STANDARD_HA, 5 GiB, and are 1 to 5", () => {
    expect([...messages(replicas), ...messages({ ...replicas, replica_count: 5 })]).toEqual([]);
    expect(messages({ ...replicas, memory_size_gb: 4 })).toEqual([
      "memory_size_gb is 4; rejected by the API: read replicas need at least 5 GiB.",
    ]);
    expect(messages({ ...replicas, replica_count: 6 })).toHaveLength(1);
    expect(messages({ ...replicas, tier: "BASIC" })).toHaveLength(1);
  });

  test("without them STANDARD_HA has one replica and BASIC none", () => {
    expect(messages({ tier: "STANDARD_HA", replica_count: 1 })).toEqual([]);
    expect(messages({ tier: "STANDARD_HA", replica_count: 2 })).toEqual([
      "replica_count is 2; rejected by the API: STANDARD_HA without read replicas has exactly 1.",
    ]);
    expect(messages({ replica_count: 1 })).toHaveLength(1);
  });

  test("versions and names", () => {
    expect([...messages({ redis_version: "REDIS_7_2" }), ...messages({ name: "c".repeat(40) })]).toEqual([]);
    expect(messages({ redis_version: "REDIS_7" })).toEqual([
      'redis_version is "REDIS_7"; rejected by the API: it must be one of REDIS_3_2, REDIS_4_0, REDIS_5_0, REDIS_6_X, REDIS_7_0, REDIS_7_2.',
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

  test("a second zone of BASIC is accepted and replaces the instance again and again", () => {
    const zones = { location_id: "europe-west1-c", alternative_location_id: "europe-west1-b" };
    const one = (tier: string) =>
      check(ruleById("data/redis-shape"), {
        google_redis_instance: { cache: { name: "shop", memory_size_gb: 1, tier, ...zones } },
      });
    expect(one("STANDARD_HA")).toEqual([]);
    expect(one("BASIC")).toMatchObject([
      { severity: "error", message: expect.stringContaining("a perpetual replacement") },
    ]);
  });
});
