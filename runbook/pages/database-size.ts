import type { DatabaseInstance } from "../../platform/backing-services/databases.ts";
import type { Page, RunbookContext } from "../page.ts";
import { databaseContext } from "./database-context.ts";
import { queries } from "./database-queries.ts";

/** Cloud SQL: what it runs short of, and what it needs to survive. */
export function databaseSizePages(context: RunbookContext, written: DatabaseInstance) {
  const { names, locationFlags, projectFlag } = context;
  const { instance, key, settings: database, replica } = written;
  const { describe, operations, studio, users, section } = databaseContext(context, written);
  const { label, id: engine } = written.engine;
  const { running, cancel, disk, surprise } = queries[engine];
  const regional = database.availability === "REGIONAL";
  return {
    "database-overloaded": {
      means: `Tier ${database.tier} is short of CPU or memory. Queries queue up; when memory ends, ${label} is killed and all connections with it.`,
      first: [
        {
          say: `What runs, and for how long? In ${studio}:`,
          run: [running],
        },
        {
          say: `End the one query that does the harm, by its ${engine === "mysql" ? "id" : "pid"}.`,
          run: [cancel],
        },
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
        `\`${key}.tier\`: it restarts the database for about a minute; docs/capacity.md says which tier carries which load.`,
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
          say: `What takes the room? ${surprise} In ${studio}:`,
          run: disk,
        },
        {
          say: "Give it room now; a disk never gets smaller again. SIZE in GB, about a quarter more than it has.",
          run: [`gcloud sql instances patch ${instance} --storage-size=SIZE ${projectFlag}`],
        },
      ],
      fix: [
        `\`${replica?.primaryKey ?? key}.diskGibibytes\` is where it began (${database.diskGibibytes}); a disk that has grown is left as it is.`,
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
          run: [`gcloud sql backups list --instance=${instance} --limit=5 ${projectFlag}`],
        },
      ],
      fix: [
        "Only Google can fix it. Do not restart or fail over until then.",
        ...(replica === undefined ? [`\`${key}.availability\` must be "REGIONAL".`] : []),
      ],
      rules: ["data/sql-backups", "data/sql-plus"],
      escalate: "Longer than an hour without an operation that explains it: a support case for Cloud SQL.",
      section,
    },
  } satisfies Record<string, Page>;
}

/** Of PostgreSQL alone. */
export function transactionIdPages(context: RunbookContext, written: DatabaseInstance) {
  const { key } = written;
  const { studio, section } = databaseContext(context, written);
  return {
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
        `\`${key}.flags\`: \`idle_in_transaction_session_timeout\` ends what was forgotten.`,
        "A client that holds transactions open for hours: its owners.",
      ],
      rules: ["data/sql-flags", "time/database-deadlines"],
      escalate: "Above 80%, or vacuum does not end within a day: a support case for Cloud SQL.",
      section,
    },
  } satisfies Record<string, Page>;
}

/** Of a read replica alone. */
export function replicaPages(context: RunbookContext, written: DatabaseInstance) {
  const { key, instance, replica, engine } = written;
  const { operations, studio, users, section } = databaseContext(context, written);
  return {
    "replica-lag": {
      means: `\`${instance}\` is more than ${replica?.maxLag} s behind \`${replica?.primary}\`: what reads from it gets old answers. Nothing is lost.`,
      first: [
        {
          say: "Is something being done to it? A restart or a new tier catches up by itself.",
          run: [operations],
        },
        {
          say: `Does a long statement on the replica hold the replay back? In ${studio}:`,
          run: [queries[engine.id].running],
        },
        { say: "End it, by its number.", run: [queries[engine.id].cancel] },
      ],
      fix: [
        `More is written than it can follow: \`${key}.tier\` as large as that of its primary.`,
        `Readers that can bear an older answer: \`${key}.maxLag\`.`,
        "Readers that cannot: name the primary as their `instance`.",
      ],
      rollback: users,
      rules: ["data/sql-replica", "data/sql-flags"],
      escalate: "The lag grows without writes and without long statements: a support case for Cloud SQL.",
      section,
    },
  } satisfies Record<string, Page>;
}
