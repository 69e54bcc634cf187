import type { Attributes } from "../attributes.ts";
import { anything } from "../constraints/index.ts";
import { durations } from "../durations.ts";
import { usersOf } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";
import { fieldRules } from "./sql-database-instance/rules.ts";

const PRIVATE_NETWORK = "settings.ip_configuration.private_network";

/** Cloud SQL instance. */
export const sqlDatabaseInstance: ResourceType = {
  type: "google_sql_database_instance",
  label: "database instance",
  nameScope: "project",
  collection: "instances",
  externalKind: "sql-instance",
  encryptionKey: { attribute: "encryption_key_name", agent: "gcp-sa-cloud-sql" },
  importId: "projects/{project}/instances/{name}",
  derived: { connection_name: "{project}:{region}:{name}" },
  requiredRole: "roles/cloudsql.admin",
  references: {
    master_instance_name: ["google_sql_database_instance"],
    [PRIVATE_NETWORK]: ["google_compute_network"],
    "settings.ip_configuration.allocated_ip_range": ["google_compute_global_address"],
  },
  server: {
    kind: "sql",
    address: /^(private_ip_address|public_ip_address|first_ip_address|ip_address|connection_name)\b/,
    network: [PRIVATE_NETWORK],
    privateServices: { [PRIVATE_NETWORK]: [anything] },
  },
  environmentKeys: {
    "settings.connection_pool_config": "database.pooler",
    database_version: "database.version",
    deletion_protection: "protection",
    "settings.tier": "database.tier",
    "settings.edition": "database.edition",
    "settings.availability_type": "database.availability",
    "settings.disk_size": "database.diskGibibytes",
    'settings.database_flags["max_connections"].value': "database.maxConnections",
    "settings.database_flags": "database.flags",
    "settings.backup_configuration.start_time": "database.backups.startHour",
    "settings.backup_configuration.backup_retention_settings.retained_backups": "database.backups.retained",
    "settings.backup_configuration.transaction_log_retention_days": "database.backups.logRetentionDays",
    "settings.maintenance_window.day": "database.maintenance.day",
    "settings.maintenance_window.hour": "database.maintenance.hour",
    "settings.insights_config.query_insights_enabled": "database.insights",
    "settings.deletion_protection_enabled": "protection",
  },
  restartedBy: {
    attributes: [
      "settings.tier",
      "settings.edition",
      "settings.availability_type",
      "settings.disk_type",
      "settings.data_cache_config.data_cache_enabled",
      "settings.time_zone",
      "settings.ip_configuration.allocated_ip_range",
      "database_version",
    ],
    flags: [
      "max_connections",
      "shared_buffers",
      "huge_pages",
      "max_worker_processes",
      "max_wal_senders",
      "max_replication_slots",
      "max_prepared_transactions",
      "max_locks_per_transaction",
      "max_pred_locks_per_transaction",
      "autovacuum_max_workers",
      "autovacuum_freeze_max_age",
      "superuser_reserved_connections",
      "track_activity_query_size",
      "track_commit_timestamp",
      "wal_buffers",
      "cloudsql.logical_decoding",
      "cloudsql.enable_pglogical",
    ],
    switchedOn: {
      "settings.backup_configuration.point_in_time_recovery_enabled": "point-in-time recovery",
      // Said of MySQL: https://docs.cloud.google.com/sql/docs/mysql/managed-connection-pooling
      "settings.connection_pool_config.connection_pooling_enabled": "managed connection pooling",
    },
  },
  deleteImpact: {
    destroyed: ({ before, users }) =>
      `${lostData(before)} are deleted, ${usersOf(users, "loses its database", "lose their database")}its name is blocked for ${durations.databaseNameBlocked.value}`,
    replaced: ({ before, users }) =>
      `${lostData(before)} are deleted and an EMPTY instance is created with a new address, ${usersOf(users, "loses its database", "lose their database")}the old name is blocked for ${durations.databaseNameBlocked.value}, so that creation fails unless the name changes`,
    holdsData: true,
  },
  fieldRules,
};

function lostData(before: Attributes): string {
  return before.boolean("settings.retain_backups_on_delete") === true
    ? "all data, though not the backups,"
    : "all data and all automatic backups";
}
