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
});
