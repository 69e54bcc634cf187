import { describe, expect, test } from "@jest/globals";
import { protection } from "../../../rules/data/protection.ts";
import { sqlBackups } from "../../../rules/data/sql-backups.ts";
import { sqlDisk } from "../../../rules/data/sql-disk.ts";
import { sqlFlags } from "../../../rules/data/sql-flags.ts";
import { sqlInsights } from "../../../rules/data/sql-insights.ts";
import { sqlMaintenance } from "../../../rules/data/sql-maintenance.ts";
import { check } from "../support.ts";
import { instance, withInstance } from "./database-fixture.ts";

const address = "google_sql_database_instance.orders";
const variable = { value: {} };

describe("data/sql-backups", () => {
  const backups = (backup_configuration: unknown, settings: object = {}, more: object = {}) =>
    check(sqlBackups, withInstance({ backup_configuration, ...settings }, { ...more }), { variable });
  const recovery = { enabled: true, point_in_time_recovery_enabled: true };
  const regional = { availability_type: "REGIONAL" };

  test("backups with recovery hold, also for high availability", () => {
    expect(backups(recovery, regional)).toEqual([]);
    expect(backups({ enabled: true })).toEqual([]);
  });

  test("recovery and high availability need backups", () => {
    expect(backups({ ...recovery, enabled: false })).toMatchObject([
      {
        severity: "error",
        address,
        message:
          "point_in_time_recovery_enabled is true and backups are not enabled; refused at apply: recovery starts from a backup.",
      },
    ]);
    expect(backups({ enabled: false }, regional)).toMatchObject([
      {
        severity: "error",
        message:
          "availability_type is REGIONAL and backups are not enabled; refused at apply: high availability needs backup_configuration.enabled = true.",
      },
    ]);
    expect(backups({ enabled: true, point_in_time_recovery_enabled: false }, regional)).toMatchObject([
      { severity: "error" },
    ]);
  });

  test("what is left to Google is advice", () => {
    expect(backups(undefined, regional)).toMatchObject([{ severity: "warning" }]);
    expect(backups({ enabled: true }, regional)).toMatchObject([{ severity: "warning" }]);
  });

  test("the binary log is MySQL's, recovery to a point in time is not", () => {
    expect(backups({ enabled: true, binary_log_enabled: true })).toMatchObject([
      { message: "binary_log_enabled is true on POSTGRES; refused at apply: only MySQL has a binary log." },
    ]);
    const mysql = { database_version: "MYSQL_8_0" };
    expect(backups({ enabled: true, binary_log_enabled: true }, regional, mysql)).toEqual([]);
    expect(backups(recovery, {}, mysql)).toHaveLength(1);
  });

  test("logs are kept 7 days, with ENTERPRISE_PLUS 35", () => {
    const days = (transaction_log_retention_days: unknown, edition = "ENTERPRISE") =>
      backups({ ...recovery, transaction_log_retention_days }, { edition });
    expect([...days(1), ...days(7), ...days(35, "ENTERPRISE_PLUS"), ...days("${var.value}")]).toEqual([]);
    expect(days(8)).toMatchObject([
      {
        message:
          "transaction_log_retention_days is 8 with edition ENTERPRISE; refused at apply: the number must be between 1 and 7.",
      },
    ]);
    expect(days(36, "ENTERPRISE_PLUS")).toHaveLength(1);
  });

  test("365 backups hold, 366 are refused, fewer than the days of logs too", () => {
    const retained = (retained_backups: number) =>
      backups({
        ...recovery,
        transaction_log_retention_days: 7,
        backup_retention_settings: { retained_backups },
      });
    expect([...retained(7), ...retained(365)]).toEqual([]);
    expect(retained(366)).toMatchObject([{ severity: "error" }]);
    expect(retained(6)).toMatchObject([
      {
        severity: "error",
        message:
          "retained_backups is 6, fewer than the 7 days of transaction logs; refused at apply: backup retention should be > transaction log retention.",
      },
    ]);
  });

  test("the start is a time of day", () => {
    expect(backups({ enabled: true, start_time: "23:59" })).toEqual([]);
    expect(backups({ enabled: true, start_time: "24:00" })).toHaveLength(1);
  });
});

describe("data/sql-disk", () => {
  const disk = (settings: { [key: string]: unknown }) => check(sqlDisk, withInstance(settings));

  test("10 GB hold, with HYPERDISK_BALANCED 20", () => {
    expect([
      ...disk({ disk_size: 10, disk_type: "PD_SSD" }),
      ...disk({ disk_size: 20, disk_type: "HYPERDISK_BALANCED" }),
    ]).toEqual([]);
  });

  test("less, or another type, is refused", () => {
    expect(disk({ disk_size: 9 })).toMatchObject([
      {
        address,
        message: "disk_size is 9 GB, outside 10 to 65536; refused at apply: the disk has no such size.",
      },
    ]);
    expect(disk({ disk_size: 19, disk_type: "HYPERDISK_BALANCED" })).toHaveLength(1);
    expect(disk({ disk_type: "SSD" })).toMatchObject([
      { message: expect.stringContaining('disk_type is "SSD"') },
    ]);
  });

  test("a disk that does not grow is advised against", () => {
    expect(disk({ disk_autoresize: false })).toMatchObject([{ severity: "warning" }]);
  });
});

describe("data/sql-flags", () => {
  const flags = (values: { [name: string]: unknown }, database_version = "POSTGRES_16") =>
    check(
      sqlFlags,
      withInstance(
        { database_flags: Object.entries(values).map(([name, value]) => ({ name, value })) },
        { database_version },
      ),
      { variable },
    );

  test("max_connections from 14 to 262143 hold", () => {
    expect([
      ...flags({ max_connections: "14" }),
      ...flags({ max_connections: "262143", "cloudsql.iam_authentication": "on" }),
      ...flags({ max_connections: "${var.value}" }),
    ]).toEqual([]);
  });

  test("13 are refused", () => {
    expect(flags({ max_connections: "13" })).toMatchObject([
      {
        address,
        message:
          "the flag max_connections is 13, outside 14 to 262143; refused at apply: invalid flag value.",
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

describe("data/sql-insights", () => {
  const insights = (insights_config: object, edition = "ENTERPRISE") =>
    check(sqlInsights, withInstance({ insights_config, edition }));

  test("the bounds hold", () => {
    expect([
      ...insights({ query_string_length: 256, query_plans_per_minute: 0 }),
      ...insights({ query_string_length: 4500, query_plans_per_minute: 20 }),
      ...insights({ query_plans_per_minute: 200 }, "ENTERPRISE_PLUS"),
    ]).toEqual([]);
  });

  test("beyond them it is refused", () => {
    expect(insights({ query_string_length: 4501, query_plans_per_minute: 21 })).toMatchObject([
      {
        message:
          "query_string_length is 4501 bytes, outside 256 to 4500; refused at apply: the value is out of range.",
      },
      {
        message:
          "query_plans_per_minute is 21, outside 0 to 20 for ENTERPRISE; refused at apply: the value is out of range.",
      },
    ]);
  });
});

describe("data/sql-maintenance", () => {
  const window = (maintenance_window: object) => check(sqlMaintenance, withInstance({ maintenance_window }));

  test("Monday at 0 and Sunday at 23 hold", () => {
    expect([...window({ day: 1, hour: 0 }), ...window({ day: 7, hour: 23, update_track: "stable" })]).toEqual(
      [],
    );
  });

  test("day 8, hour 24 and another track are refused", () => {
    expect(window({ day: 8, hour: 24, update_track: "late" }).map(({ message }) => message)).toEqual([
      "day of maintenance_window is 8, outside 1 to 7; refused at plan.",
      "hour of maintenance_window is 24, outside 0 to 23; refused at plan.",
      'update_track is "late"; refused at apply: it is canary, stable or week5.',
    ]);
    expect(window({ hour: 3 })).toMatchObject([{ severity: "warning" }]);
  });

  test("a period without maintenance has dates and a time", () => {
    const period = (start_date: string, time: string) =>
      check(
        sqlMaintenance,
        withInstance({ deny_maintenance_period: { start_date, end_date: "01-07", time } }),
      );
    expect(period("2026-12-20", "23:59:59")).toEqual([]);
    expect(period("20 December", "24:00:00")).toHaveLength(2);
  });

  test("zones are two different ones of the region", () => {
    const zones = (zone: string, secondary_zone: string) =>
      check(
        sqlMaintenance,
        withInstance({ availability_type: "REGIONAL", location_preference: { zone, secondary_zone } }),
      );
    expect(zones("europe-west1-b", "europe-west1-c")).toEqual([]);
    expect(zones("europe-west1-b", "europe-west1-b")).toHaveLength(1);
    expect(zones("us-central1-a", "europe-west1-c")).toMatchObject([
      { message: expect.stringContaining("the zone us-central1-a, and the instance is in europe-west1") },
    ]);
  });
});

describe("data/protection", () => {
  test("the default and protection by the API hold, none at all is advised against", () => {
    expect(check(protection, withInstance())).toEqual([]);
    const open = { deletion_protection: false };
    expect(check(protection, withInstance({ deletion_protection_enabled: true }, open))).toEqual([]);
    expect(check(protection, withInstance({}, open))).toMatchObject([{ severity: "warning", address }]);
  });

  test("both switched off in words is a decision, not an oversight", () => {
    const open = { deletion_protection: false };
    expect(check(protection, withInstance({ deletion_protection_enabled: false }, open))).toEqual([]);
  });
});
