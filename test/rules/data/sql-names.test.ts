import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlNames = ruleById("data/sql-names");
const address = "google_sql_database_instance.orders";

describe("data/sql-names", () => {
  const named = (name: string, project = "acme-dev") => check(sqlNames, withInstance({}, { name, project }));

  test("98 characters with the project pass, 99 are rejected", () => {
    expect(named(`a${"b".repeat(88)}`)).toEqual([]);
    expect(named(`a${"b".repeat(89)}`)).toMatchObject([
      {
        address,
        message: expect.stringContaining('with its project 99 characters; rejected by the API: "acme-dev:'),
      },
    ]);
  });

  test("capitals and underscores are rejected", () => {
    expect(named("Orders_DB")).toMatchObject([
      {
        message:
          'name is "Orders_DB"; rejected by the API: it must be lowercase letters, digits and hyphens, a letter first and no hyphen last.',
      },
    ]);
  });

  test("a database of PostgreSQL has a name of 63 bytes or less", () => {
    const database = (name: string) =>
      check(
        sqlNames,
        withInstance(
          {},
          {},
          {
            google_sql_database: {
              app: { name, instance: "${google_sql_database_instance.orders.name}" },
            },
          },
        ),
      );
    expect(database("d".repeat(63))).toEqual([]);
    expect(database("d".repeat(64))).toMatchObject([{ address: "google_sql_database.app" }]);
  });
});
