import { headroom } from "../../../../platform/connection-budget.ts";
import type { Page, Words } from "../page.ts";

/** Cloud SQL: connections first, because they end first. */
export function databasePages(it: Words) {
  const { environment, names, place, project, connections } = it;
  const { database } = environment;
  const describe = `gcloud sql instances describe ${names.database} --format="table(state,settings.tier,settings.availabilityType,settings.dataDiskSizeGb)" ${project}`;
  const operations = `gcloud sql operations list --instance=${names.database} --limit=10 ${project}`;
  const errors = it.logs(
    `resource.type="cloudsql_database" AND resource.labels.database_id="${environment.project}:${names.database}" AND severity>=ERROR`,
  );
  const studio = `https://console.cloud.google.com/sql/instances/${names.database}/studio?project=${environment.project}`;
  const sessions =
    "select usename, application_name, client_addr, state, count(*) from pg_stat_activity group by 1, 2, 3, 4 order by 5 desc;";
  const regional = database.availability === "REGIONAL";
  const users = it.databaseUsers;
  const restart = `gcloud sql instances restart ${names.database} ${project}`;
  return {
    "connection-slots-exhausted": {
      means: `PostgreSQL has no slot left for services, or nearly none: ${database.maxConnections} in all. Containers that start now cannot initialize and end (incident I-3). It is nearly always instances × revisions × pool.`,
      first: [
        {
          say: "How many revisions run? A rollout keeps two, and each takes its pools: one too many is the quickest to free.",
          run: users.map(
            ({ name }) => `gcloud run revisions list --service=${names.service(name)} --limit=5 ${place}`,
          ),
        },
        {
          say: `Who holds the connections? Run the query in [Cloud SQL Studio](${studio}), which needs no way into the network:`,
          run: [sessions],
        },
        {
          say: "Free slots now: end what has been idle for ten minutes. It cuts nobody who works.",
          run: [
            "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle' and state_change < now() - interval '10 minutes' and pid <> pg_backend_pid();",
          ],
        },
      ],
      fix: [
        `Budgeted are ${connections.database.used} of ${connections.database.limit}, headroom ${headroom(connections.database)}. More are open: an application does not use its \`DATABASE_POOL_SIZE\` and \`DATABASE_MAX_OVERFLOW\`; \`${it.validate}\` compares.`,
        "Lower `services.<name>.database.pool` or `overflow`, or `instances.max`.",
        "Raise `database.maxConnections`, with a `database.tier` whose memory carries it: both restart the database for about a minute.",
      ],
      rollback: users,
      rules: ["capacity/database-connections", "capacity/connector-connections", "data/sql-flags"],
      escalate:
        "The connections are not ours (user or address unknown in the query): the owners of security, then rotate the password.",
      section: `PostgreSQL: ${names.database}`,
    },
    "socket-connection-failed": {
      means:
        "Services do not get through the Cloud SQL socket: no free slot, no permission, wrong instance, or no way through the connector. Incident I-4 had 649 of these.",
      first: [
        {
          say: "Ask from inside the network: the preflight tells slots, permission, name and way apart.",
          run: [it.preflight],
        },
        { say: "Does the database run?", run: [describe] },
        {
          say: "May the services connect? Each must have roles/cloudsql.client.",
          run: [
            `gcloud projects get-iam-policy ${environment.project} --flatten="bindings[].members" --filter="bindings.role=roles/cloudsql.client" --format="value(bindings.members)"`,
          ],
        },
        {
          say: "Is it the right instance? In incident I-4 it had two names.",
          run: users.map(
            ({ name }) => `gcloud run services describe ${names.service(name)} --format=export ${place}`,
          ),
        },
      ],
      fix: [
        "No slots: the page on connection slots. Database down: the page on that.",
        `The instance is \`${names.connectionName}\` everywhere: it comes from \`database.name\`, and nobody else writes it.`,
        '`services.<name>.database.via` to "private-ip" saves the hop through the socket and its limit of 100 connections for each instance.',
      ],
      rollback: users,
      rules: [
        "reachability/sql-socket",
        "reachability/connection-name",
        "identity/sql-client",
        "time/connector-pressure",
      ],
      escalate: "The preflight reaches the database and the service does not: the owners of the service.",
      section: `PostgreSQL: ${names.database}`,
    },
    "database-down": {
      means: regional
        ? "The instance does not answer, and a failover to the standby, about a minute, has not helped."
        : "The instance does not answer. It is ZONAL: there is no standby, it comes back in its zone or is restored.",
      first: [
        {
          say: "What happens to it right now? A maintenance or a restart ends by itself within minutes: wait for it.",
          run: [operations, describe],
        },
        {
          say: "What does it say itself? Out of memory and a full disk have pages of their own.",
          run: [errors],
        },
        regional
          ? {
              say: "State RUNNABLE and no answer for five minutes: fail over.",
              run: [`gcloud sql instances failover ${names.database} ${project}`],
            }
          : { say: "State RUNNABLE and no answer for five minutes: restart it.", run: [restart] },
      ],
      fix: [
        ...(regional ? [] : ['`database.availability` to "REGIONAL" keeps a standby in another zone.']),
        `If it is lost: restore into a new instance, give it to the environment as \`database.name\`, and deploy. Google blocks the old name for a week. \`gcloud sql instances clone ${names.database} NEW_NAME --point-in-time=2026-01-31T02:45:00Z ${project}\` (the time before the damage, UTC).`,
      ],
      rules: [
        "data/protection",
        "data/protected-removal",
        "data/sql-backups",
        "data/replacement",
        "data/restart",
      ],
      escalate:
        "State FAILED or SUSPENDED, or no answer ten minutes after the restart: a support case of the highest priority for Cloud SQL.",
      section: `PostgreSQL: ${names.database}`,
    },
    "database-overloaded": {
      means: `Tier ${database.tier} is short of CPU or memory. Queries queue up; when memory ends, PostgreSQL is killed and all connections with it.`,
      first: [
        {
          say: `What runs, and for how long? In [Cloud SQL Studio](${studio}):`,
          run: [
            "select pid, usename, now() - query_start as duration, wait_event_type, left(query, 120) from pg_stat_activity where state <> 'idle' order by duration desc limit 20;",
          ],
        },
        { say: "End the one query that does the harm, by its pid.", run: ["select pg_cancel_backend(PID);"] },
        {
          say: "Did it begin with a deployment? Roll back (below).",
          run: users.map(
            ({ name }) => `gcloud run revisions list --service=${names.service(name)} --limit=3 ${place}`,
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
      section: `PostgreSQL: ${names.database}`,
    },
    "disk-full": {
      means:
        "The disk grows by itself and yet is nearly full: growing fails, or data comes faster than it. A full disk stops every write.",
      first: [
        { say: "How large is it, and is it growing?", run: [describe, operations] },
        {
          say: `What takes the room? Write-ahead log that an abandoned slot holds back is the usual surprise. In [Cloud SQL Studio](${studio}):`,
          run: [
            "select slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) from pg_replication_slots;",
            "select datname, pg_size_pretty(pg_database_size(datname)) from pg_database order by pg_database_size(datname) desc;",
          ],
        },
        {
          say: "Give it room now; a disk never gets smaller again. SIZE in GB, about a quarter more than it has.",
          run: [`gcloud sql instances patch ${names.database} --storage-size=SIZE ${project}`],
        },
      ],
      fix: [
        `\`database.diskGibibytes\` is where it began (${database.diskGibibytes}); a disk that has grown is left as it is.`,
        "Delete or move what nobody needs, and set a limit to what grows.",
      ],
      rules: ["data/sql-disk", "data/replacement"],
      escalate:
        "The instance has stopped for want of room: a support case of the highest priority for Cloud SQL.",
      section: `PostgreSQL: ${names.database}`,
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
          run: [`gcloud sql backups list --instance=${names.database} --limit=5 ${project}`],
        },
      ],
      fix: [
        "It is Google's to mend. Do not restart or fail over until it has.",
        '`database.availability` must be "REGIONAL".',
      ],
      rules: ["data/sql-backups", "data/sql-plus"],
      escalate: "Longer than an hour without an operation that explains it: a support case for Cloud SQL.",
      section: `PostgreSQL: ${names.database}`,
    },
    "transaction-ids": {
      means:
        "Vacuum does not get through, and PostgreSQL runs out of transaction ids. At the end it refuses every write; there are days left, not minutes.",
      first: [
        {
          say: `What holds it back? The oldest transaction, slot or prepared transaction. In [Cloud SQL Studio](${studio}):`,
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
          ],
        },
      ],
      fix: [
        "`database.flags`: `idle_in_transaction_session_timeout` ends what was forgotten.",
        "A client that holds transactions open for hours: its owners.",
      ],
      rules: ["data/sql-flags", "time/database-deadlines"],
      escalate: "Above 80%, or vacuum does not end within a day: a support case for Cloud SQL.",
      section: `PostgreSQL: ${names.database}`,
    },
  } satisfies Record<string, Page>;
}
