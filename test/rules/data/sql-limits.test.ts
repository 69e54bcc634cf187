import { describe, expect, test } from "@jest/globals";
import { redisConfigs } from "../../../rules/data/redis-configs.ts";
import { sqlCreate } from "../../../rules/data/sql-create.ts";
import { sqlFlags } from "../../../rules/data/sql-flags.ts";
import { sqlMaintenance } from "../../../rules/data/sql-maintenance.ts";
import { sqlTier } from "../../../rules/data/sql-tier.ts";
import { sqlVersion } from "../../../rules/data/sql-version.ts";
import { check } from "../support.ts";
import { instance, withInstance, withRedis } from "./database-fixture.ts";

const error = (message: string) => [{ severity: "error", message: expect.stringContaining(message) }];

describe("data/sql-tier", () => {
  const tier = (name: string, edition = "ENTERPRISE_PLUS") =>
    check(sqlTier, withInstance({ tier: name, edition }));

  test("the sizes of db-perf-optimized-N hold, others are refused", () => {
    expect([...tier("db-perf-optimized-N-2"), ...tier("db-perf-optimized-N-128")]).toEqual([]);
    expect(tier("db-perf-optimized-N-3")).toMatchObject(
      error("db-perf-optimized-N has 2, 4, 8, 16, 32, 48, 64, 80, 96, 128 CPUs"),
    );
  });

  test("a machine type of Compute Engine is no tier", () => {
    expect(tier("e2-standard-2", "ENTERPRISE")).toMatchObject(error("Cloud SQL has no such tier"));
  });
});

describe("data/sql-version", () => {
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
      error("its primary google_sql_database_instance.orders has POSTGRES_16; refused at apply"),
    );
  });
});

describe("data/sql-maintenance", () => {
  const denied = (start_date: string, end_date: string) =>
    check(
      sqlMaintenance,
      withInstance({ deny_maintenance_period: { start_date, end_date, time: "00:00:00" } }),
    );

  test("90 days hold, over the turn of a year too; 91 are refused, and so is a day that does not exist", () => {
    expect([...denied("2026-11-01", "2027-01-30"), ...denied("11-01", "01-15")]).toEqual([]);
    expect(denied("2026-11-01", "2027-01-31")).toMatchObject(
      error("deny_maintenance_period lasts 91 days; refused at apply: at most 90 are allowed."),
    );
    expect(denied("2026-13-01", "2026-12-31")).toMatchObject(
      error('"2026-13-01"; refused at apply: no such day.'),
    );
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

  test("collations of PostgreSQL hold, those of MySQL are refused", () => {
    expect([
      ...database({ charset: "UTF8", collation: "en_US.UTF8" }),
      ...database({ collation: "C" }),
      ...database({ collation: "de_DE.utf8" }),
    ]).toEqual([]);
    expect(database({ collation: "utf8mb4_general_ci" })).toMatchObject(
      error(
        'collation is "utf8mb4_general_ci" on PostgreSQL; refused at apply: the collation does not exist.',
      ),
    );
  });
});

describe("data/sql-flags", () => {
  const flag = (name: string) => check(sqlFlags, withInstance({ database_flags: [{ name, value: "300" }] }));

  test("a flag that is rare holds, one with a letter missing is refused", () => {
    expect([...flag("max_pred_locks_per_page"), ...flag("max_connections")]).toEqual([]);
    expect(flag("max_conections")).toMatchObject([
      {
        severity: "error",
        message: "the flag max_conections does not exist; refused at apply: invalid flag.",
        fix: "Write max_connections.",
      },
    ]);
    expect(flag("max-connections")).toMatchObject([{ fix: "Write max_connections." }]);
  });
});

describe("data/redis-configs", () => {
  const configs = (redis_configs: object) => check(redisConfigs, withRedis({ redis_configs }));

  test("switches are yes or no, events are letters", () => {
    expect(configs({ activedefrag: "yes", "notify-keyspace-events": "KEA" })).toEqual([]);
    expect(configs({ activedefrag: "true" })).toMatchObject(error("it is yes or no"));
    expect(configs({ "notify-keyspace-events": "xyz" })).toMatchObject(
      error('notify-keyspace-events is "xyz"'),
    );
  });
});
