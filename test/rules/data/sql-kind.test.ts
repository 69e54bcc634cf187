import { describe, expect, test } from "@jest/globals";
import { choices } from "../../../rules/data/choices.ts";
import { sqlCreate } from "../../../rules/data/sql-create.ts";
import { sqlNames } from "../../../rules/data/sql-names.ts";
import { sqlPlus } from "../../../rules/data/sql-plus.ts";
import { sqlTier } from "../../../rules/data/sql-tier.ts";
import { sqlVersion } from "../../../rules/data/sql-version.ts";
import { check } from "../support.ts";
import { withInstance, withRedis } from "./database-fixture.ts";

const address = "google_sql_database_instance.orders";
const variable = { edition: {}, tier: {}, version: {} };

describe("data/sql-tier", () => {
  const tier = (name: string, settings: { [key: string]: unknown } = {}, database_version = "POSTGRES_16") =>
    check(sqlTier, withInstance({ tier: name, ...settings }, { database_version }), { variable });

  test("the smallest and the largest custom tier hold", () => {
    for (const name of ["db-custom-1-3840", "db-custom-2-3840", "db-custom-2-13312", "db-custom-96-638976"]) {
      expect(tier(name)).toEqual([]);
    }
    expect(tier("db-f1-micro")).toEqual([]);
    expect(tier("db-perf-optimized-N-4", { edition: "ENTERPRISE_PLUS" })).toEqual([]);
  });

  test("the arithmetic of a custom tier", () => {
    const messages = (name: string) => tier(name).map(({ message }) => message);
    expect(messages("db-custom-3-7680")).toEqual([
      'tier is "db-custom-3-7680"; refused at apply: 3 CPUs are not 1 or an even number up to 96.',
    ]);
    expect(messages("db-custom-2-7700")).toEqual([
      'tier is "db-custom-2-7700"; refused at apply: 7700 MiB is not a multiple of 256.',
    ]);
    expect(messages("db-custom-1-3584")).toEqual([
      'tier is "db-custom-1-3584"; refused at apply: 3584 MiB is below 3840.',
    ]);
    expect(messages("db-custom-2-13568")).toEqual([
      'tier is "db-custom-2-13568"; refused at apply: 13568 MiB for 2 CPUs is outside 1844 to 13312 MiB (0.9 to 6.5 GiB for each).',
    ]);
    expect(messages("db-custom-2")).toHaveLength(1);
  });

  test("PostgreSQL 16 without an edition is ENTERPRISE_PLUS", () => {
    expect(tier("db-custom-2-7680", { edition: null })).toMatchObject([
      {
        severity: "error",
        address,
        message:
          "edition is not written, which means ENTERPRISE_PLUS (POSTGRES_16), with the tier db-custom-2-7680; refused at apply: invalid tier for ENTERPRISE_PLUS, use a predefined tier like db-perf-optimized-N-*.",
      },
    ]);
    expect(tier("db-custom-2-7680", { edition: null }, "POSTGRES_15")).toEqual([]);
  });

  test("edition and tier go together", () => {
    expect(tier("db-perf-optimized-N-2")).toMatchObject([{ severity: "error" }]);
    expect(tier("db-custom-2-7680", { edition: "ENTERPRISE_PLUS" })).toMatchObject([{ severity: "error" }]);
    expect(tier("db-n1-standard-1", {}, "POSTGRES_15")).toMatchObject([{ severity: "error" }]);
    expect(tier("db-n1-standard-1", {}, "MYSQL_8_0")).toEqual([]);
  });

  test("an unknown edition hides no wrong arithmetic", () => {
    expect(tier("db-custom-2-7680", { edition: "${var.edition}" })).toEqual([]);
    expect(tier("db-custom-3-7680", { edition: "${var.edition}" })).toHaveLength(1);
  });
});

describe("data/sql-plus", () => {
  const pooling = (edition: string, connection_pooling_enabled: boolean) =>
    check(sqlPlus, withInstance({ edition, connection_pool_config: { connection_pooling_enabled } }));

  test("pooling needs ENTERPRISE_PLUS", () => {
    expect([...pooling("ENTERPRISE_PLUS", true), ...pooling("ENTERPRISE", false)]).toEqual([]);
    expect(pooling("ENTERPRISE", true)).toMatchObject([
      {
        address,
        message:
          "managed connection pooling is enabled with edition ENTERPRISE; refused at apply: it needs ENTERPRISE_PLUS.",
      },
    ]);
  });
});

describe("data/sql-version", () => {
  const version = (database_version: string) =>
    check(sqlVersion, withInstance({}, { database_version }), { variable });

  test("versions that Cloud SQL has hold", () => {
    for (const name of ["POSTGRES_9_6", "POSTGRES_18", "MYSQL_8_0_31", "SQLSERVER_2022_ENTERPRISE"]) {
      expect(version(name)).toEqual([]);
    }
    expect(version("${var.version}")).toEqual([]);
  });

  test("others are refused", () => {
    for (const name of ["POSTGRES_8", "POSTGRESQL_16", "POSTGRES16", "POSTGRES_16_4"]) {
      expect(version(name)).toMatchObject([
        {
          address,
          message: `database_version is "${name}"; refused at apply: Cloud SQL has no such version.`,
        },
      ]);
    }
  });
});

describe("data/sql-names", () => {
  const named = (name: string, project = "acme-dev") => check(sqlNames, withInstance({}, { name, project }));

  test("98 characters with the project hold, 99 are refused", () => {
    expect(named(`a${"b".repeat(88)}`)).toEqual([]);
    expect(named(`a${"b".repeat(89)}`)).toMatchObject([
      { address, message: expect.stringContaining("has 99 characters; refused at apply") },
    ]);
  });

  test("capitals and underscores are refused", () => {
    expect(named("Orders_DB")).toMatchObject([
      {
        message:
          'the name "Orders_DB" is not ^[a-z]([-a-z0-9]*[a-z0-9])?$; refused at apply: invalid instance name.',
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

describe("data/choices", () => {
  test("words that Google Cloud knows hold", () => {
    expect([
      ...check(choices, withInstance({ availability_type: "ZONAL", activation_policy: "ALWAYS" })),
      ...check(choices, withRedis({ tier: "STANDARD_HA", connect_mode: "DIRECT_PEERING" })),
    ]).toEqual([]);
  });

  test("others are refused", () => {
    expect(check(choices, withRedis({ tier: "STANDARD" }))).toMatchObject([
      {
        severity: "error",
        address: "google_redis_instance.cache",
        message: 'tier is "STANDARD"; refused at plan or apply: it is one of BASIC, STANDARD_HA.',
      },
    ]);
    expect(check(choices, withInstance({ availability_type: "HA" }))).toHaveLength(1);
  });
});

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
        message: 'charset is "utf8mb4" on PostgreSQL; refused at apply: a database is created in UTF8 only.',
      },
    ]);
  });

  test("SQL Server needs a root password", () => {
    const server = { database_version: "SQLSERVER_2022_STANDARD" };
    expect(check(sqlCreate, withInstance({}, { ...server, root_password: "secret" }))).toEqual([]);
    expect(check(sqlCreate, withInstance({}, server))).toMatchObject([{ severity: "warning" }]);
  });
});
