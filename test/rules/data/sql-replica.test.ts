import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const rule = ruleById("data/sql-replica");

function pair(database_version: string, backup_configuration: object | undefined) {
  const settings = { tier: "db-custom-2-7680" };
  return check(rule, {
    google_sql_database_instance: {
      primary: {
        name: "shop",
        database_version,
        settings: { ...settings, ...(backup_configuration && { backup_configuration }) },
      },
      replica: {
        name: "shop-replica",
        database_version,
        master_instance_name: "${google_sql_database_instance.primary.name}",
        settings,
      },
    },
  });
}

describe("data/sql-replica", () => {
  test("a MySQL primary has backups and the binary log", () => {
    expect(pair("MYSQL_8_0", { enabled: true, binary_log_enabled: true })).toEqual([]);
    expect(pair("MYSQL_8_0", { enabled: true })).toMatchObject([
      {
        address: "google_sql_database_instance.primary",
        severity: "error",
        message:
          "settings.backup_configuration.binary_log_enabled is not set, and google_sql_database_instance.replica replicates it; rejected by the API: the primary of a read replica needs backups and the binary log.",
      },
    ]);
    expect(pair("MYSQL_8_0", undefined)).toMatchObject([
      { message: expect.stringContaining("enabled is not set and settings.backup_configuration.binary_log") },
    ]);
    expect(pair("MYSQL_5_7", { enabled: true, binary_log_enabled: false })).toMatchObject([
      { message: expect.stringContaining("binary_log_enabled is false") },
    ]);
  });

  test("a PostgreSQL primary has backups", () => {
    expect(pair("POSTGRES_16", { enabled: true })).toEqual([]);
    expect(pair("POSTGRES_16", { enabled: false })).toMatchObject([
      { severity: "warning", message: expect.stringContaining("enabled is false") },
    ]);
  });

  test("what is not known is not judged", () => {
    expect(pair("MYSQL_8_0", { enabled: true, binary_log_enabled: "${var.log}" })).toEqual([]);
  });
});
