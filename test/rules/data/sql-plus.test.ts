import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlPlus = ruleById("data/sql-plus");
const address = "google_sql_database_instance.orders";

describe("data/sql-plus", () => {
  const pooling = (edition: string, connection_pooling_enabled: boolean) =>
    check(sqlPlus, withInstance({ edition, connection_pool_config: { connection_pooling_enabled } }));

  test("pooling needs ENTERPRISE_PLUS", () => {
    expect([...pooling("ENTERPRISE_PLUS", true), ...pooling("ENTERPRISE", false)]).toEqual([]);
    expect(pooling("ENTERPRISE", true)).toMatchObject([
      {
        address,
        message:
          'settings.connection_pool_config.connection_pooling_enabled is true and settings.edition is "ENTERPRISE"; rejected by the API: managed connection pooling needs ENTERPRISE_PLUS.',
      },
    ]);
  });

  test("without an edition the tier shows it", () => {
    const tier = (tier: string, database_version: string) =>
      check(
        sqlPlus,
        withInstance(
          { edition: null, tier, connection_pool_config: { connection_pooling_enabled: true } },
          { database_version },
        ),
      );
    expect(tier("db-perf-optimized-N-2", "POSTGRES_16")).toEqual([]);
    for (const found of [tier("db-custom-2-7680", "POSTGRES_15"), tier("db-n1-standard-2", "MYSQL_8_0")])
      expect(found).toMatchObject([
        { severity: "error", message: expect.stringContaining("edition is not set and settings.tier is") },
      ]);
  });
});
