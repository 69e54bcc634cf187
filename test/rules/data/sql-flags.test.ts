import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { instance, withInstance } from "./database-fixture.ts";

const sqlFlags = ruleById("data/sql-flags");
const address = "google_sql_database_instance.orders";
const variable = { value: {} };

describe("data/sql-flags", () => {
  const flag = (name: string) => check(sqlFlags, withInstance({ database_flags: [{ name, value: "300" }] }));

  test("a flag that is rare passes, one with a letter missing is rejected", () => {
    expect([...flag("max_pred_locks_per_page"), ...flag("max_connections")]).toEqual([]);
    expect(flag("max_conections")).toMatchObject([
      {
        severity: "error",
        message: "database flag max_conections is set; rejected by the API: there is no such flag.",
        fix: "Write max_connections.",
      },
    ]);
    expect(flag("max-connections")).toMatchObject([{ fix: "Write max_connections." }]);
  });

  const flags = (values: { [name: string]: unknown }, database_version = "POSTGRES_16") =>
    check(
      sqlFlags,
      withInstance(
        { database_flags: Object.entries(values).map(([name, value]) => ({ name, value })) },
        { database_version },
      ),
      { variable },
    );

  test("max_connections from 14 to 262143 pass", () => {
    expect([
      ...flags({ max_connections: "14" }),
      ...flags({ max_connections: "262143", "cloudsql.iam_authentication": "on" }),
      ...flags({ max_connections: "${var.value}" }),
    ]).toEqual([]);
  });

  test("13 are rejected", () => {
    expect(flags({ max_connections: "13" })).toMatchObject([
      {
        address,
        message: "database flag max_connections is 13; rejected by the API: it must be 14 to 262143.",
      },
    ]);
  });

  test("each engine has its own flags", () => {
    expect(flags({ cloudsql_iam_authentication: "on" })).toMatchObject([
      { fix: "Write cloudsql.iam_authentication." },
    ]);
    expect(flags({ slow_query_log: "on" })).toHaveLength(1);
    expect(flags({ slow_query_log: "on", cloudsql_iam_authentication: "on" }, "MYSQL_8_0")).toEqual([]);
  });

  test("a replica takes at least as many connections as its primary", () => {
    const replica = (own: string) =>
      check(sqlFlags, {
        google_sql_database_instance: {
          orders: instance({ database_flags: [{ name: "max_connections", value: "400" }] }),
          replica: instance(
            { database_flags: [{ name: "max_connections", value: own }] },
            { name: "replica", master_instance_name: "${google_sql_database_instance.orders.name}" },
          ),
        },
      });
    expect(replica("400")).toEqual([]);
    expect(replica("399")).toMatchObject([{ address: "google_sql_database_instance.replica" }]);
  });
});
