import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance, withRedis } from "./database-fixture.ts";

const choices = ruleById("data/choices");

describe("data/choices", () => {
  test("words that Google Cloud knows pass", () => {
    expect([
      ...check(choices, withInstance({ availability_type: "ZONAL", activation_policy: "ALWAYS" })),
      ...check(choices, withRedis({ tier: "STANDARD_HA", connect_mode: "DIRECT_PEERING" })),
    ]).toEqual([]);
  });

  test("types of users that only the API lists pass", () => {
    const user = (type: string) =>
      check(choices, { google_sql_user: { a: { name: "a", instance: "orders", type } } });
    expect([...user("ENTRAID_USER"), ...user("CLOUD_IAM_WORKFORCE_IDENTITY")]).toEqual([]);
    expect(user("IAM")).toHaveLength(1);
  });

  test("others are rejected", () => {
    expect(check(choices, withRedis({ tier: "STANDARD" }))).toMatchObject([
      {
        severity: "error",
        address: "google_redis_instance.cache",
        message: 'tier is "STANDARD"; rejected at plan: it must be one of BASIC, STANDARD_HA.',
      },
    ]);
    expect(check(choices, withInstance({ availability_type: "HA" }))).toHaveLength(1);
  });
});
