import type { DatabaseEngine } from "../../platform/backing-services/database-engines.ts";

/** Statements that pages of the runbook print, by engine. */
interface Queries {
  /** Who holds the connections. */
  readonly sessions: string;
  /** Ends what has been idle for ten minutes. */
  readonly endIdle: string;
  /** What runs, and for how long. */
  readonly running: string;
  /** Ends one query, by its id. */
  readonly cancel: string;
  /** What takes the room of the disk. */
  readonly disk: readonly string[];
  /** Why the disk is fuller than the data. */
  readonly surprise: string;
}

export const queries: Readonly<Record<DatabaseEngine["id"], Queries>> = {
  postgres: {
    sessions:
      "select usename, application_name, client_addr, state, count(*) from pg_stat_activity group by 1, 2, 3, 4 order by 5 desc;",
    endIdle:
      "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle' and state_change < now() - interval '10 minutes' and pid <> pg_backend_pid();",
    running:
      "select pid, usename, now() - query_start as duration, wait_event_type, left(query, 120) from pg_stat_activity where state <> 'idle' order by duration desc limit 20;",
    cancel: "select pg_cancel_backend(PID);",
    disk: [
      "select slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) from pg_replication_slots;",
      "select datname, pg_size_pretty(pg_database_size(datname)) from pg_database order by pg_database_size(datname) desc;",
    ],
    surprise: "Write-ahead log that an abandoned slot holds back is the usual surprise.",
  },
  mysql: {
    sessions:
      "select user, substring_index(host, ':', 1) as host, command, count(*) from information_schema.processlist group by 1, 2, 3 order by 4 desc;",
    endIdle:
      "select concat('kill ', id, ';') from information_schema.processlist where command = 'Sleep' and time > 600 and id <> connection_id();",
    running:
      "select id, user, time, state, left(info, 120) from information_schema.processlist where command <> 'Sleep' order by time desc limit 20;",
    cancel: "kill query ID;",
    disk: [
      "show binary logs;",
      "select table_schema, round(sum(data_length + index_length) / 1048576) as mib from information_schema.tables group by 1 order by 2 desc;",
    ],
    surprise: "The binary log of the last days, which point-in-time recovery needs, is the usual surprise.",
  },
};
