import { anything, conflict, form, order, range } from "../../constraints/index.ts";
import { cloudSqlLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";

const REPLICA_DOC = "https://docs.cloud.google.com/sql/docs/mysql/replication/create-replica";
const BLOCK = "settings.backup_configuration";
const AVAILABILITY = "settings.availability_type";
const LOG_DAYS = `${BLOCK}.transaction_log_retention_days`;
const RETAINED = `${BLOCK}.backup_retention_settings.retained_backups`;

const MYSQL = /^MYSQL_/i;

/** A replica has no backups of its own to state, and a clone takes the settings of its source. */
const PRIMARY = { master_instance_name: [undefined], clone: [undefined] };
const ENABLE = `Set ${BLOCK}.enabled = true.`;
const RECOVER = `Set ${BLOCK}.point_in_time_recovery_enabled = true.`;

/** Backups, point-in-time recovery, and what high availability needs of them. */
export const backups: FieldRule = {
  id: "data/sql-backups",
  why: "Point-in-time recovery and high availability need backups; the provider accepts combinations that the API rejects.",
  fix: `Set enabled = true and point_in_time_recovery_enabled = true in ${BLOCK}.`,
  source: limits.logRetentionHigh.source,
  constraints: [
    conflict(
      { [AVAILABILITY]: ["REGIONAL"], [`${BLOCK}.enabled`]: [false, undefined] },
      {
        when: { ...PRIMARY, [BLOCK]: [anything] },
        because: "high availability needs enabled backups",
        fix: ENABLE,
      },
    ),
    conflict(
      { [AVAILABILITY]: ["REGIONAL"], [BLOCK]: [undefined] },
      {
        when: PRIMARY,
        unless: { database_version: [MYSQL] },
        severity: "warning",
        because: "high availability needs enabled backups, and without the block Google decides",
        fix: ENABLE,
      },
    ),
    conflict(
      { [AVAILABILITY]: ["REGIONAL"], [BLOCK]: [undefined], database_version: [MYSQL] },
      {
        when: PRIMARY,
        severity: "warning",
        because:
          "high availability of MySQL needs enabled backups and the binary log, and without the block Google decides",
        fix: `Set ${BLOCK}.enabled = true and ${BLOCK}.binary_log_enabled = true.`,
      },
    ),
    conflict(
      {
        [AVAILABILITY]: ["REGIONAL"],
        [`${BLOCK}.point_in_time_recovery_enabled`]: [false],
        database_version: [/^POSTGRES_/i],
      },
      {
        when: PRIMARY,
        because: "high availability of PostgreSQL needs point-in-time recovery",
        fix: RECOVER,
      },
    ),
    conflict(
      {
        [AVAILABILITY]: ["REGIONAL"],
        [`${BLOCK}.point_in_time_recovery_enabled`]: [undefined],
        database_version: [/^POSTGRES_/i],
      },
      {
        when: { ...PRIMARY, [`${BLOCK}.enabled`]: [true] },
        severity: "warning",
        because: "high availability of PostgreSQL is documented to need point-in-time recovery",
        fix: RECOVER,
      },
    ),
    conflict(
      {
        [AVAILABILITY]: ["REGIONAL"],
        [`${BLOCK}.binary_log_enabled`]: [false, undefined],
        database_version: [MYSQL],
      },
      {
        when: { ...PRIMARY, [BLOCK]: [anything] },
        because: "high availability of MySQL needs the binary log",
        fix: `Set ${BLOCK}.binary_log_enabled = true.`,
      },
    ),
    conflict(
      {
        [`${BLOCK}.point_in_time_recovery_enabled`]: [true],
        [`${BLOCK}.enabled`]: [false, undefined],
      },
      { because: "point-in-time recovery starts from a backup", fix: ENABLE },
    ),
    conflict(
      { [`${BLOCK}.point_in_time_recovery_enabled`]: [true], database_version: [MYSQL] },
      {
        outcome: "rejected at plan",
        because: "only PostgreSQL and SQL Server have it",
        fix: `Set ${BLOCK}.binary_log_enabled = true instead.`,
      },
    ),
    conflict(
      {
        [`${BLOCK}.binary_log_enabled`]: [true],
        database_version: [/^POSTGRES_/i, /^SQLSERVER_/i],
      },
      {
        because: "only MySQL has a binary log",
        fix: `Set ${BLOCK}.point_in_time_recovery_enabled = true instead.`,
      },
    ),
    conflict(
      { master_instance_name: [anything], [`${BLOCK}.enabled`]: [true], database_version: [MYSQL] },
      {
        because: "a read replica has no backups",
        fix: `Remove ${BLOCK}.enabled; binary_log_enabled may stay.`,
        source: REPLICA_DOC,
      },
    ),
    form(`${BLOCK}.start_time`, /^([01]?\d|2[0-3]):[0-5]\d$/, {
      form: "a time of day, HH:MM in UTC",
      examples: ["02:00", "23:59"],
    }),
    // 0 is what a state holds where recovery is off.
    range(LOG_DAYS, {
      low: 1,
      high: limits.logRetentionHigh,
      zeroIsUnset: true,
      when: { "settings.edition": ["ENTERPRISE"] },
      because: `it must be 1 to ${limits.logRetentionHigh.value} days with edition ENTERPRISE`,
    }),
    range(LOG_DAYS, {
      low: 1,
      high: limits.logRetentionHighEnterprisePlus,
      zeroIsUnset: true,
      unless: { "settings.edition": ["ENTERPRISE"] },
    }),
    range(RETAINED, { low: 1, high: limits.retainedBackupsHigh }),
    order(LOG_DAYS, RETAINED, {
      orEqual: true,
      because: "at least as many backups must be retained as days of transaction logs",
    }),
  ],
};
