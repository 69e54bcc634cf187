import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlBackups = ruleById("data/sql-backups");
const address = "google_sql_database_instance.orders";
const variable = { value: {} };

describe("data/sql-backups", () => {
  const backups = (backup_configuration: unknown, settings: object = {}, more: object = {}) =>
    check(sqlBackups, withInstance({ backup_configuration, ...settings }, { ...more }), { variable });
  const recovery = { enabled: true, point_in_time_recovery_enabled: true };
  const regional = { availability_type: "REGIONAL" };

  test("backups with recovery pass, also for high availability", () => {
    expect(backups(recovery, regional)).toEqual([]);
    expect(backups({ enabled: true })).toEqual([]);
  });

  test("recovery and high availability need backups", () => {
    expect(backups({ ...recovery, enabled: false })).toMatchObject([
      {
        severity: "error",
        address,
        message:
          "settings.backup_configuration.point_in_time_recovery_enabled is true and enabled is false; rejected by the API: point-in-time recovery starts from a backup.",
      },
    ]);
    expect(backups({ enabled: false }, regional)).toMatchObject([
      {
        severity: "error",
        message:
          'settings.availability_type is "REGIONAL" and backup_configuration.enabled is false; rejected by the API: high availability needs enabled backups.',
      },
    ]);
    expect(backups({ enabled: true, point_in_time_recovery_enabled: false }, regional)).toMatchObject([
      { severity: "error" },
    ]);
  });

  test("what is left to Google is a warning", () => {
    expect(backups(undefined, regional)).toMatchObject([{ severity: "warning" }]);
    expect(backups({ enabled: true }, regional)).toMatchObject([{ severity: "warning" }]);
  });

  test("the binary log is MySQL's, recovery to a point in time is not", () => {
    expect(backups({ enabled: true, binary_log_enabled: true })).toMatchObject([
      {
        message:
          'settings.backup_configuration.binary_log_enabled is true and database_version is "POSTGRES_16"; rejected by the API: only MySQL has a binary log.',
      },
    ]);
    const mysql = { database_version: "MYSQL_8_0" };
    expect(backups({ enabled: true, binary_log_enabled: true }, regional, mysql)).toEqual([]);
    expect(backups(recovery, {}, mysql)).toHaveLength(1);
    expect(backups({ enabled: true }, regional, mysql)).toMatchObject([
      {
        severity: "error",
        message: expect.stringContaining("high availability of MySQL needs the binary log"),
      },
    ]);
    expect(backups(undefined, regional, mysql)).toMatchObject([
      { severity: "warning", fix: expect.stringContaining("binary_log_enabled = true") },
    ]);
  });

  test("a replica of MySQL has no backups, and may have the binary log", () => {
    const replica = { database_version: "MYSQL_8_0", master_instance_name: "primary" };
    expect(backups({ binary_log_enabled: true }, {}, replica)).toEqual([]);
    expect(backups({ enabled: true, binary_log_enabled: true }, {}, replica)).toMatchObject([
      { severity: "error", message: expect.stringContaining("a read replica has no backups") },
    ]);
  });

  test("logs are kept 7 days, with ENTERPRISE_PLUS 35", () => {
    const days = (transaction_log_retention_days: unknown, edition = "ENTERPRISE") =>
      backups({ ...recovery, transaction_log_retention_days }, { edition });
    expect([...days(1), ...days(7), ...days(35, "ENTERPRISE_PLUS"), ...days("${var.value}")]).toEqual([]);
    expect(days(8)).toMatchObject([
      {
        message:
          "settings.backup_configuration.transaction_log_retention_days is 8; rejected by the API: it must be 1 to 7 days with edition ENTERPRISE.",
      },
    ]);
    expect(days(36, "ENTERPRISE_PLUS")).toHaveLength(1);
  });

  test("365 backups pass, 366 are rejected, fewer than the days of logs too", () => {
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
          "settings.backup_configuration.transaction_log_retention_days is 7 and backup_retention_settings.retained_backups is 6; rejected by the API: at least as many backups must be retained as days of transaction logs.",
      },
    ]);
  });

  test("the start is a time of day", () => {
    expect(backups({ enabled: true, start_time: "23:59" })).toEqual([]);
    expect(backups({ enabled: true, start_time: "24:00" })).toHaveLength(1);
  });
});
