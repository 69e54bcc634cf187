import { Block, isUnknown, type Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { engineOf, INSTANCE, isReplica, writtenEdition } from "./database.ts";
import { SQL_BACKUPS } from "./sources.ts";

/** S20 to S23: backups, recovery to a point in time, and what high availability asks of them. */
export const sqlBackups: Rule = {
  id: "data/sql-backups",
  why: "Recovery to a point in time and high availability rest on backups; the provider lets combinations pass that the API refuses.",
  limit:
    "PITR and REGIONAL need enabled backups; no binary log on PostgreSQL; logs 1 to 7 days, with ENTERPRISE_PLUS 1 to 35; 1 to 365 backups, no fewer than the days of logs",
  fix: "Set backup_configuration.enabled = true and point_in_time_recovery_enabled = true.",
  source: SQL_BACKUPS,
  example: `resource "google_sql_database_instance" "main" {
  database_version = "POSTGRES_15"
  settings {
    tier              = "db-custom-2-7680"
    availability_type = "REGIONAL"
    backup_configuration {
      enabled                        = false
      point_in_time_recovery_enabled = true
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const backups = resource.blocks("settings.backup_configuration")[0];
      yield* highAvailability(resource, backups ?? new Block({}));
      if (backups === undefined) continue;
      yield* combinations(resource, backups);
      yield* retention(resource, backups);
    }
  },
};

function isOff(backups: Block, attribute: string): boolean {
  const written = backups.get(attribute);
  return !isUnknown(written) && backups.boolean(attribute) !== true;
}

function* highAvailability(resource: Resource, backups: Block): Iterable<Verdict> {
  if (resource.string("settings.availability_type") !== "REGIONAL" || isReplica(resource)) return;
  if (isUnknown(resource.get("settings.backup_configuration")) || resource.blocks("clone").length > 0) return;
  const engine = engineOf(resource);
  // Without the block Google decides, and with high availability it decides for backups.
  const severity = resource.blocks("settings.backup_configuration").length > 0 ? "error" : "warning";
  if (isOff(backups, "enabled"))
    yield {
      resource,
      severity,
      message:
        severity === "error"
          ? "availability_type is REGIONAL and backups are not enabled; refused at apply: high availability needs backup_configuration.enabled = true."
          : "availability_type is REGIONAL without a backup_configuration; high availability rests on backups that nobody wrote down.",
    };
  else if (engine === "POSTGRES" && backups.boolean("point_in_time_recovery_enabled") === false)
    yield {
      resource,
      severity: "error",
      message:
        "availability_type is REGIONAL with point_in_time_recovery_enabled = false; refused at apply: high availability of PostgreSQL needs recovery to a point in time.",
    };
  else if (engine === "POSTGRES" && isOff(backups, "point_in_time_recovery_enabled"))
    yield {
      resource,
      severity: "warning",
      message:
        "availability_type is REGIONAL without point_in_time_recovery_enabled, which high availability of PostgreSQL is documented to need.",
    };
  else if (engine === "MYSQL" && backups.boolean("binary_log_enabled") === false)
    yield {
      resource,
      severity: "error",
      message:
        "availability_type is REGIONAL with binary_log_enabled = false; refused at apply: high availability of MySQL needs the binary log.",
      fix: "Set binary_log_enabled = true.",
    };
}

function* combinations(resource: Resource, backups: Block): Iterable<Verdict> {
  const engine = engineOf(resource);
  const recovery = backups.boolean("point_in_time_recovery_enabled") === true;
  const severity = "error" as const;
  if (recovery && isOff(backups, "enabled"))
    yield {
      resource,
      severity,
      message:
        "point_in_time_recovery_enabled is true and backups are not enabled; refused at apply: recovery starts from a backup.",
      fix: "Set backup_configuration.enabled = true.",
    };
  if (recovery && engine === "MYSQL")
    yield {
      resource,
      severity,
      message:
        "point_in_time_recovery_enabled is true on MySQL; refused at plan: only PostgreSQL and SQL Server have it.",
      fix: "Set binary_log_enabled = true instead.",
    };
  if (backups.boolean("binary_log_enabled") === true && (engine === "POSTGRES" || engine === "SQLSERVER"))
    yield {
      resource,
      severity,
      message: `binary_log_enabled is true on ${engine}; refused at apply: only MySQL has a binary log.`,
      fix: "Write point_in_time_recovery_enabled instead.",
    };
  const start = backups.string("start_time");
  if (start !== undefined && start !== "" && !/^([01]?\d|2[0-3]):[0-5]\d$/.test(start))
    yield {
      resource,
      severity,
      message: `start_time of the backups is "${start}"; refused at apply: HH:MM is expected, 00:00 to 23:59.`,
      fix: 'Write for example "02:00".',
    };
}

function* retention(resource: Resource, backups: Block): Iterable<Verdict> {
  const days = backups.number("transaction_log_retention_days");
  const { logRetentionHigh, logRetentionHighEnterprisePlus, retainedBackupsHigh } = cloudSqlLimits;
  const edition = writtenEdition(resource);
  const high = edition === "ENTERPRISE" ? logRetentionHigh.value : logRetentionHighEnterprisePlus.value;
  // 0 is what a state holds where recovery is off.
  if (days !== undefined && days !== 0 && (days < 1 || days > high))
    yield {
      resource,
      severity: "error",
      message: `transaction_log_retention_days is ${days}${edition === undefined ? "" : ` with edition ${edition}`}; refused at apply: the number must be between 1 and ${high}.`,
      fix: `Set it to ${high} or less.`,
    };
  const retained = backups.number("backup_retention_settings.retained_backups");
  if (retained === undefined) return;
  if (retained < 1 || retained > retainedBackupsHigh.value)
    yield {
      resource,
      severity: "error",
      message: `retained_backups is ${retained}; refused at apply: it must be between 1 and ${retainedBackupsHigh.value}.`,
    };
  else if (days !== undefined && retained < days)
    yield {
      resource,
      severity: "error",
      message: `retained_backups is ${retained}, fewer than the ${days} days of transaction logs; refused at apply: backup retention should be > transaction log retention.`,
      fix: `Retain ${days} backups or more.`,
    };
}
