import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { instance, withInstance } from "./database-fixture.ts";
import { DATABASE, database, planned } from "./plan-fixture.ts";

const sqlVersion = ruleById("data/sql-version");
const address = "google_sql_database_instance.orders";
const variable = { edition: {}, tier: {}, version: {} };
const error = (message: string) => [{ severity: "error", message: expect.stringContaining(message) }];

describe("data/sql-version", () => {
  const version = (database_version: string) =>
    check(sqlVersion, withInstance({}, { database_version }), { variable });

  test("versions that Cloud SQL has pass", () => {
    for (const name of [
      "POSTGRES_9_6",
      "POSTGRES_20",
      "MYSQL_8_0_31",
      "MYSQL_9_7",
      "SQLSERVER_2022_ENTERPRISE",
    ]) {
      expect(version(name)).toEqual([]);
    }
    expect(version("${var.version}")).toEqual([]);
  });

  test("others are rejected", () => {
    for (const name of ["POSTGRES_8", "POSTGRESQL_16", "POSTGRES16", "POSTGRES_16_4"]) {
      expect(version(name)).toMatchObject([
        {
          address,
          message: expect.stringContaining(
            `database_version is "${name}"; rejected by the API: it must be a version`,
          ),
        },
      ]);
    }
  });

  const replica = (database_version: string) =>
    check(sqlVersion, {
      google_sql_database_instance: {
        orders: instance(),
        replica: {
          ...instance({}, { name: "replica", database_version }),
          master_instance_name: "${google_sql_database_instance.orders.name}",
        },
      },
    });

  test("a replica has the version of its primary", () => {
    expect(replica("POSTGRES_16")).toEqual([]);
    expect(replica("POSTGRES_15")).toMatchObject(
      error(
        'database_version is "POSTGRES_15" and that of the primary google_sql_database_instance.orders is "POSTGRES_16"; rejected by the API: a read replica has the version of its primary.',
      ),
    );
  });
});

describe("data/sql-version in a plan", () => {
  const from = (before: string, after: string) =>
    planned(sqlVersion, DATABASE, {
      actions: ["update"],
      before: database({}, { database_version: before }),
      after: database({}, { database_version: after }),
    });

  test("an upgrade passes, a downgrade is rejected", () => {
    expect(from("POSTGRES_9_6", "POSTGRES_10")).toEqual([]);
    expect(from("POSTGRES_16", "POSTGRES_15")).toEqual([
      {
        severity: "error",
        message:
          'database_version is "POSTGRES_15" after "POSTGRES_16"; rejected by the API: an instance cannot be downgraded in place.',
      },
    ]);
  });
});
