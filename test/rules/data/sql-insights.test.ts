import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlInsights = ruleById("data/sql-insights");

describe("data/sql-insights", () => {
  const insights = (insights_config: object, edition = "ENTERPRISE") =>
    check(sqlInsights, withInstance({ insights_config, edition }));

  test("the bounds pass", () => {
    expect([
      ...insights({ query_string_length: 256, query_plans_per_minute: 0 }),
      ...insights({ query_string_length: 4500, query_plans_per_minute: 20 }),
      ...insights({ query_plans_per_minute: 200 }, "ENTERPRISE_PLUS"),
    ]).toEqual([]);
  });

  test("beyond them it is rejected", () => {
    expect(insights({ query_string_length: 4501, query_plans_per_minute: 21 })).toMatchObject([
      {
        message:
          "settings.insights_config.query_string_length is 4501; rejected by the API: it must be at most 4500 bytes.",
      },
      {
        message:
          "settings.insights_config.query_plans_per_minute is 21; rejected by the API: it must be at most 20 plans per minute.",
      },
    ]);
  });
});
