import { describe, expect, test } from "@jest/globals";
import { redisAuth } from "../../../rules/identity/redis-auth.ts";
import { type Body, verdictsOf } from "../platform.ts";

describe("identity/redis-auth", () => {
  const REDIS = "google_redis_instance.cache";
  const stored = (data: string, redis: Body) =>
    verdictsOf(redisAuth, (parts) => {
      parts.set("google_secret_manager_secret_version.db", { secret_data: data });
      parts.set(REDIS, redis);
    });

  test("warns of storing what the instance does not provide", () => {
    const auth = "${google_redis_instance.cache.auth_string}";
    expect(stored(auth, { auth_enabled: true })).toEqual([]);
    expect(stored(auth, { auth_enabled: "${var.password}" })).toEqual([]);
    expect(stored(auth, {})).toEqual([`warning ${REDIS}`, "warning google_secret_manager_secret_version.db"]);
    const ca = "${google_redis_instance.cache.server_ca_certs}";
    expect(stored(ca, {})).toEqual([]);
    expect(stored(ca, { transit_encryption_mode: "DISABLED" })).toHaveLength(2);
  });
});
