import { describe, expect, test } from "@jest/globals";
import { alertEngine } from "../../../rules/observability/alert-engine.ts";
import { check } from "../support.ts";
import { alert, database, filter } from "./alert-fixture.ts";

describe("observability/alert-engine", () => {
  const connections = filter("cloudsql.googleapis.com/database/network/connections", "cloudsql_database");

  test("network/connections holds for MySQL and never fires for PostgreSQL", () => {
    expect(check(alertEngine, alert({ filter: connections }, {}, database("MYSQL_8_0")))).toEqual([]);
    expect(check(alertEngine, alert({ filter: connections }))).toEqual([]);
    expect(check(alertEngine, alert({ filter: connections }, {}, database("POSTGRES_16")))).toEqual([
      {
        severity: "error",
        address: "google_monitoring_alert_policy.errors",
        message:
          'the condition "errors" watches cloudsql.googleapis.com/database/network/connections of google_sql_database_instance.main, which is POSTGRES; fails at run time: only MYSQL and SQLSERVER report it, so it never fires.',
        fix: "Watch cloudsql.googleapis.com/database/postgresql/num_backends.",
      },
    ]);
  });
});
