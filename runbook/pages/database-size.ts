import type { Database } from "../../platform/schema/environment.ts";
import type { Page, RunbookContext } from "../page.ts";
import { databaseContext } from "./database-context.ts";

/** Cloud SQL: what it runs short of, and what it needs to survive. */
export function databaseSizePages(context: RunbookContext, database: Database) {
  const { names, locationFlags, projectFlag } = context;
  const { describe, operations, studio, section } = databaseContext(context);
  const regional = database.availability === "REGIONAL";
  const users = context.databaseUsers;
  return {
    "database-overloaded": {
      means: `Tier ${database.tier} is short of CPU or memory. Queries queue up; when memory ends, PostgreSQL is killed and all connections with it.`,
      first: [
        {
          say: `What runs, and for how long? In ${studio}:`,
          run: [
            "select pid, usename, now() - query_start as duration, wait_event_type, left(query, 120) from pg_stat_activity where state <> 'idle' order by duration desc limit 20;",
          ],
        },
        { say: "End the one query that does the harm, by its pid.", run: ["select pg_cancel_backend(PID);"] },
        {
          say: "Did it begin with a deployment? Roll back (below).",
          run: users.map(
            ({ name }) =>
              `gcloud run revisions list --service=${names.service(name)} --limit=3 ${locationFlags}`,
          ),
        },
      ],
      fix: [
        "An index or a better query: Query Insights in the console names the expensive ones.",
        "`database.tier`: it restarts the database for about a minute; docs/capacity.md says which tier carries which load.",
        "Fewer connections take less memory: `services.<name>.database.pool`.",
      ],
      rollback: users,
      rules: ["data/sql-tier", "data/restart", "capacity/database-connections"],
      escalate: "It restarts again and again: a support case for Cloud SQL, and the owners of the queries.",
      section,
    },
    "disk-full": {
      means:
        "The disk grows by itself and yet is nearly full: growing fails, or data comes faster than it. A full disk stops every write.",
      first: [
        { say: "How large is it, and is it growing?", run: [describe, operations] },
        {
          say: `What takes the room? Write-ahead log that an abandoned slot holds back is the usual surprise. In ${studio}:`,
          run: [
            "select slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) from pg_replication_slots;",
            "select datname, pg_size_pretty(pg_database_size(datname)) from pg_database order by pg_database_size(datname) desc;",
          ],
        },
        {
          say: "Give it room now; a disk never gets smaller again. SIZE in GB, about a quarter more than it has.",
          run: [`gcloud sql instances patch ${names.database} --storage-size=SIZE ${projectFlag}`],
        },
      ],
      fix: [
        `\`database.diskGibibytes\` is where it began (${database.diskGibibytes}); a disk that has grown is left as it is.`,
        "Delete or move unneeded data, and set a limit to what grows.",
      ],
      rules: ["data/sql-disk", "data/replacement"],
      escalate:
        "The instance has stopped because its disk is full: a support case of the highest priority for Cloud SQL.",
      section,
    },
    replication: {
      means: regional
        ? "The standby is missing or behind. Nothing is broken yet; if the zone fails now, the database is gone until it is restored."
        : "This database is ZONAL and has no standby; this page is for environments that have one.",
      first: [
        {
          say: "Is something being done to it? A new standby is made after each change of the tier.",
          run: [operations, describe],
        },
        {
          say: "Is there a recent backup?",
          run: [`gcloud sql backups list --instance=${names.database} --limit=5 ${projectFlag}`],
        },
      ],
      fix: [
        "Only Google can fix it. Do not restart or fail over until then.",
        '`database.availability` must be "REGIONAL".',
      ],
      rules: ["data/sql-backups", "data/sql-plus"],
      escalate: "Longer than an hour without an operation that explains it: a support case for Cloud SQL.",
      section,
    },
    "transaction-ids": {
      means:
        "Vacuum does not get through, and PostgreSQL runs out of transaction ids. At the end it refuses every write; there are days left, not minutes.",
      first: [
        {
          say: `What holds it back? The oldest transaction, slot or prepared transaction. In ${studio}:`,
          run: [
            "select pid, usename, state, now() - xact_start as open, left(query, 80) from pg_stat_activity where xact_start is not null order by xact_start limit 5;",
            "select slot_name, active, age(xmin) from pg_replication_slots; select gid, prepared from pg_prepared_xacts;",
          ],
        },
        {
          say: "End the transaction that has been open for hours, by its pid.",
          run: ["select pg_terminate_backend(PID);"],
        },
        {
          say: "Then vacuum the oldest tables, one after the other.",
          run: [
            "select oid::regclass, age(relfrozenxid) from pg_class where relkind = 'r' order by 2 desc limit 10;",
            "vacuum (verbose) TABLE;",
          ],
        },
      ],
      fix: [
        "`database.flags`: `idle_in_transaction_session_timeout` ends what was forgotten.",
        "A client that holds transactions open for hours: its owners.",
      ],
      rules: ["data/sql-flags", "time/database-deadlines"],
      escalate: "Above 80%, or vacuum does not end within a day: a support case for Cloud SQL.",
      section,
    },
  } satisfies Record<string, Page>;
}
