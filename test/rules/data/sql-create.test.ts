import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlCreate = ruleById("data/sql-create");
const error = (message: string) => [{ severity: "error", message: expect.stringContaining(message) }];

describe("data/sql-create", () => {
  const database = (charset: unknown, database_version = "POSTGRES_15") =>
    check(
      sqlCreate,
      withInstance(
        {},
        { database_version },
        {
          google_sql_database: {
            app: { name: "app", instance: "${google_sql_database_instance.orders.name}", charset },
          },
        },
      ),
    );

  test("PostgreSQL creates databases in UTF8 only", () => {
    expect([...database("UTF8"), ...database(null), ...database("utf8mb4", "MYSQL_8_0")]).toEqual([]);
    expect(database("utf8mb4")).toMatchObject([
      {
        severity: "error",
        address: "google_sql_database.app",
        message: 'charset is "utf8mb4"; rejected by the API: PostgreSQL creates databases in UTF8 only.',
      },
    ]);
  });

  test("SQL Server needs a root password", () => {
    const server = { database_version: "SQLSERVER_2022_STANDARD" };
    expect(check(sqlCreate, withInstance({}, { ...server, root_password: "secret" }))).toEqual([]);
    expect(check(sqlCreate, withInstance({}, server))).toMatchObject([{ severity: "warning" }]);
  });
});

describe("data/sql-create", () => {
  const database = (more: object) =>
    check(
      sqlCreate,
      withInstance(
        {},
        {},
        {
          google_sql_database: {
            app: { name: "app", instance: "${google_sql_database_instance.orders.name}", ...more },
          },
        },
      ),
    );

  test("collations of PostgreSQL pass, those of MySQL are rejected", () => {
    expect([
      ...database({ charset: "UTF8", collation: "en_US.UTF8" }),
      ...database({ collation: "C" }),
      ...database({ collation: "de_DE.utf8" }),
    ]).toEqual([]);
    expect(database({ collation: "utf8mb4_general_ci" })).toMatchObject(
      error('collation is "utf8mb4_general_ci"; rejected by the API: PostgreSQL has no such collation.'),
    );
  });
});
