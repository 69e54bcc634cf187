import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { DATABASE, database, planned } from "./plan-fixture.ts";

const restart = ruleById("data/restart");

describe("data/restart", () => {
  const updated = (before: object, after: object) =>
    planned(restart, DATABASE, { actions: ["update"], before: database(before), after: database(after) });

  test("a larger disk restarts nothing", () => {
    expect(updated({ disk_size: 50 }, { disk_size: 60 })).toEqual([]);
  });

  test("another tier or max_connections restarts the database", () => {
    const flag = { database_flags: [{ name: "max_connections", value: "200" }] };
    expect(updated({}, { tier: "db-custom-4-15360", ...flag })).toEqual([
      {
        severity: "warning",
        message:
          "the plan changes tier db-custom-2-7680 to db-custom-4-15360, max_connections not set to 200; fails at run time: the database restarts and drops every connection.",
      },
    ]);
  });

  test("so does managed connection pooling when it is enabled, and not when its pools are resized", () => {
    const pooling = (size: string) => ({
      connection_pool_config: [
        { connection_pooling_enabled: true, flags: [{ name: "max_pool_size", value: size }] },
      ],
    });
    expect(updated({}, pooling("50")).map(({ message }) => message)).toEqual([
      "the plan changes managed connection pooling being switched on; fails at run time: the database restarts and drops every connection.",
    ]);
    expect(updated(pooling("50"), pooling("60"))).toEqual([]);
  });
});
