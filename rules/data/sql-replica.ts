import { engineOf, INSTANCE, isReplica } from "../../analysis/database/database.ts";
import type { Rule } from "../rule.ts";

const BACKUPS = "settings.backup_configuration";
const BINARY_LOG = `${BACKUPS}.binary_log_enabled`;
const ENABLED = `${BACKUPS}.enabled`;

/** What the primary of a read replica needs. */
export const sqlReplica: Rule = {
  id: "data/sql-replica",
  why: "Cloud SQL creates a read replica only of an instance that writes a log to replicate from, and starts it from a backup.",
  limit:
    "the primary of a MySQL replica has backups and the binary log; that of a PostgreSQL replica is documented to need backups; a PostgreSQL replica has its version and no backups of its own",
  fix: `Set ${ENABLED} = true in the primary, and ${BINARY_LOG} = true for MySQL.`,
  source: "https://docs.cloud.google.com/sql/docs/mysql/replication#requirements",
  *check(graph) {
    for (const replica of graph.all(INSTANCE)) {
      const engine = engineOf(replica);
      if (!isReplica(replica) || (engine !== "MYSQL" && engine !== "POSTGRES")) continue;
      const target = graph.target(replica.get("master_instance_name"), [INSTANCE], replica);
      if (target.kind !== "resource" || target.resource === replica) continue;
      const primary = target.resource;
      if (engine === "POSTGRES" && replica.boolean(ENABLED) === true)
        yield {
          resource: replica,
          message: `${ENABLED} is true in a read replica; rejected by the API: backups are made of the primary.`,
          fix: `Remove ${BACKUPS}.`,
        };
      const [own, theirs] = [replica, primary].map((each) => each.string("database_version"));
      if (engine === "POSTGRES" && own !== undefined && theirs !== undefined && own !== theirs)
        yield {
          resource: replica,
          message: `database_version is ${own}, and that of its primary ${primary.address} is ${theirs}; rejected by the API: a read replica of PostgreSQL has the version of its primary.`,
          fix: `Set database_version = ${primary.address}.database_version.`,
          source: "https://docs.cloud.google.com/sql/docs/postgres/replication#requirements",
        };
      // A source of replication outside of Cloud SQL has settings of its own, a clone those of its source.
      if (primary.get("clone") !== undefined || /ON_PREM/.test(primary.string("instance_type") ?? ""))
        continue;
      const missing = [
        ...(isReplica(primary) ? [] : [ENABLED]),
        ...(engine === "MYSQL" ? [BINARY_LOG] : []),
      ].filter((path) => !primary.isUnknown(path) && primary.boolean(path) !== true);
      if (missing.length === 0) continue;
      const found = missing.map((path) => `${path} is ${primary.boolean(path) ?? "not set"}`).join(" and ");
      yield {
        resource: primary,
        severity: engine === "MYSQL" ? "error" : "warning",
        message: `${found}, and ${replica.address} replicates it; rejected by the API: ${engine === "MYSQL" ? "the primary of a read replica needs backups and the binary log" : "the primary of a read replica is documented to need backups"}.`,
        fix: `Set ${missing.map((path) => `${path} = true`).join(" and ")}.`,
      };
    }
  },
};
