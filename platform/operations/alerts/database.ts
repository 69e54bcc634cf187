import { cloudSqlLimits } from "../../../resources/limits.ts";
import { type Budget, headroom, largestPool } from "../../connection-budget.ts";
import type { Database } from "../../schema/environment.ts";
import type { Alert, Series } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { percent, shareOf, thresholds } from "../thresholds.ts";
import { aboveThreshold } from "./above-threshold.ts";

const METRICS = "cloudsql.googleapis.com/database";

/** Cloud SQL: connections against their budget, saturation and availability (incidents I-3, I-4). */
export function databaseAlerts(
  context: AlertContext<"services" | "jobs" | "workerPools" | "database" | "connectionBudget">,
): Alert[] {
  const { database, connectionBudget } = context;
  if (database === undefined || connectionBudget.database === undefined) return [];
  return [
    ...connectionAlerts(context, connectionBudget.database),
    ...saturation(context, database),
    ...availability(context, database),
  ];
}

type Parts = AlertContext;

function series({ names }: Parts, metric: string, metricLabels = {}): Series {
  return {
    metric: `${METRICS}/${metric}`,
    resource: "cloudsql_database",
    resourceLabels: { database_id: names.databaseId },
    metricLabels,
  };
}

function describe({ names, projectFlag }: Parts): string {
  return `gcloud sql instances describe ${names.database} ${projectFlag}`;
}

function errors({ names, projectFlag }: Parts): string {
  return `gcloud logging read 'resource.type="cloudsql_database" AND resource.labels.database_id="${names.databaseId}" AND severity>=ERROR' --freshness=30m --limit=20 ${projectFlag}`;
}

const SESSIONS =
  "`select usename, application_name, state, count(*) from pg_stat_activity group by 1, 2, 3 order by 4 desc`";

function connectionAlerts(
  context: AlertContext<"services" | "jobs" | "workerPools">,
  database: Budget,
): Alert[] {
  const { alertWindows, names, locationFlags } = context;
  // Google's agents and people count as backends, too, so that all numbers include their reserve. Full scale uses
  // exactly the budget and must not fire; the last slot must.
  const superuser = cloudSqlLimits.superuserReservedConnections.value;
  const slots = database.limit - superuser;
  const page = Math.min(Math.max(shareOf(slots, thresholds.page), database.used), slots - 1);
  const ticket = Math.min(database.used, page);
  const { connections: failed } = largestPool(context);
  const numbers = [
    `max_connections is ${database.limit}, ${superuser} of them for PostgreSQL's superuser: at ${slots} everybody else is refused (database.maxConnections)`,
    `who holds them, in Cloud SQL Studio: ${SESSIONS}`,
    `budgeted at full scale: ${database.shares.map(({ owner, connections, sum }) => `${owner} ${connections} (${sum})`).join(", ")}; headroom ${headroom(database)}`,
  ];
  // The database has no public address, so that `gcloud sql connect` cannot reach it; the preflight runs inside.
  const sessions = context.checkCommands.inside;
  const instances = `gcloud run revisions list ${locationFlags}`;
  const backends = (threshold: number, duration: typeof alertWindows.brief): Alert["conditions"] => [
    aboveThreshold({
      title: `more than ${threshold} connections`,
      series: series(context, "postgresql/num_backends"),
      aggregation: {
        period: alertWindows.minute,
        aligner: "ALIGN_MAX",
        reducer: "REDUCE_SUM",
        groupBy: ["resource.label.database_id"],
      },
      threshold,
      duration,
    }),
  ];
  return [
    {
      id: "database-connections",
      severity: "ticket",
      symptom: "connection-slots-exhausted",
      title: `${names.database} has more than ${ticket} connections`,
      meaning: `More connections than the environment budgets for at full scale: an application ignores its pool size, more revisions run than expected, or somebody connects from elsewhere.`,
      numbers,
      commands: [sessions, instances, describe(context)],
      conditions: backends(ticket, alertWindows.sustained),
    },
    {
      id: "database-connections-exhausted",
      severity: "page",
      symptom: "connection-slots-exhausted",
      title: `${names.database} has nearly no connection left`,
      meaning:
        'New connections are about to be refused with "remaining connection slots are reserved": containers that start now fail their initialization and exit.',
      numbers: [
        `more than ${page} connections: ${percent(thresholds.page)} of ${slots}, or the budget of ${database.used} where that is more`,
        ...numbers,
      ],
      commands: [sessions, instances, errors(context)],
      conditions: backends(page, alertWindows.brief),
    },
    {
      id: "database-logins-failed",
      severity: "ticket",
      symptom: "connection-slots-exhausted",
      title: `Connections to ${names.database} fail`,
      meaning:
        "More connection attempts fail than a whole pool of one instance holds: wrong password after a rotation, no free slot, or somebody who should not be there.",
      numbers: [
        `${failed} attempts within ${alertWindows.sustained} s: the largest pool with its overflow`,
        ...numbers,
      ],
      commands: [errors(context), `npm run secrets -- ${context.name}`, sessions],
      conditions: [
        aboveThreshold({
          title: `more than ${failed} failed attempts`,
          series: series(context, "network/connection_attempt_count", { login_status: "failed" }),
          aggregation: {
            period: alertWindows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: ["resource.label.database_id"],
          },
          threshold: failed,
        }),
      ],
    },
  ];
}

/** Utilization of CPU, memory, disk and transaction ids. */
function saturation(context: Parts, { tier, diskGibibytes }: Database): Alert[] {
  const { names, alertWindows, projectFlag } = context;
  const operations = `gcloud sql operations list --instance=${names.database} --limit=10 ${projectFlag}`;
  const common = { commands: [describe(context), operations, errors(context)] as const };
  const share = (metric: string, threshold: number): Alert["conditions"] => [
    aboveThreshold({
      title: `above ${percent(threshold)}`,
      series: series(context, metric),
      aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX" },
      threshold,
      duration: alertWindows.sustained,
    }),
  ];
  return [
    {
      id: "database-cpu",
      severity: "ticket",
      symptom: "database-overloaded",
      title: `${names.database} is short of CPU`,
      meaning:
        "Queries queue up; initialization of new containers takes longer and eats into the start-up window.",
      numbers: [`${percent(thresholds.ticket)} of tier ${tier} (database.tier)`],
      conditions: share("cpu/utilization", thresholds.ticket),
      ...common,
    },
    {
      id: "database-memory",
      severity: "ticket",
      symptom: "database-overloaded",
      title: `${names.database} is short of memory`,
      meaning: "PostgreSQL is killed and restarted when memory ends, which cuts every connection at once.",
      numbers: [`${percent(thresholds.page)} of tier ${tier} (database.tier); the page cache does not count`],
      conditions: share("memory/utilization", thresholds.page),
      ...common,
    },
    {
      id: "database-disk",
      severity: "ticket",
      symptom: "disk-full",
      title: `The disk of ${names.database} does not keep up`,
      meaning:
        "The disk grows by itself, so it is this full only when growing fails or data comes faster than it.",
      numbers: [
        `${percent(thresholds.ticket)} of the disk, which began with ${diskGibibytes} GiB (database.diskGibibytes)`,
      ],
      conditions: share("disk/utilization", thresholds.ticket),
      ...common,
    },
    {
      id: "database-disk-full",
      severity: "page",
      symptom: "disk-full",
      title: `The disk of ${names.database} is nearly full`,
      meaning: "A full disk stops every write, and the instance may not start again.",
      numbers: [`${percent(thresholds.page)} of the disk`],
      conditions: share("disk/utilization", thresholds.page),
      ...common,
    },
    {
      id: "database-transaction-ids",
      severity: "ticket",
      symptom: "transaction-ids",
      title: `${names.database} uses up its transaction ids`,
      meaning:
        "Vacuum does not get through: a long transaction or an abandoned slot holds it. At the end PostgreSQL refuses every write.",
      numbers: [
        `${percent(thresholds.transactionIds)} of PostgreSQL's transaction ids; autovacuum keeps them near 10%`,
      ],
      conditions: share("postgresql/transaction_id_utilization", thresholds.transactionIds),
      ...common,
    },
  ];
}

function availability(context: Parts, database: Database): Alert[] {
  const { names, alertWindows, projectFlag } = context;
  const commands = [
    describe(context),
    `gcloud sql operations list --instance=${names.database} --limit=10 ${projectFlag}`,
    errors(context),
  ] as const;
  const answers = (metric: string, duration: typeof alertWindows.brief): Alert["conditions"] => [
    {
      kind: "threshold",
      title: "below 1",
      series: series(context, metric),
      aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX" },
      comparison: "COMPARISON_LT",
      threshold: 1,
      duration,
    },
  ];
  const down: Alert = {
    id: "database-down",
    severity: "page",
    symptom: "database-down",
    title: `${names.database} is down`,
    meaning:
      database.availability === "REGIONAL"
        ? "The instance does not answer. A failover to the standby takes about a minute; this has lasted longer."
        : "The instance does not answer, and there is no standby (database.availability is ZONAL): it must be restarted or restored.",
    numbers: [
      `down for ${alertWindows.sustained} s (deadlines.soak, at most ten minutes); availability ${database.availability}`,
    ],
    commands,
    conditions: answers("up", alertWindows.sustained),
  };
  if (database.availability === "ZONAL") return [down];
  return [
    down,
    {
      id: "database-standby",
      severity: "ticket",
      symptom: "replication",
      title: `${names.database} cannot fail over`,
      meaning:
        "The standby is missing or behind: if the zone fails now, the database is gone until it is restored.",
      numbers: ["database.availability is REGIONAL, so a standby must be there at all times"],
      commands,
      conditions: answers("available_for_failover", alertWindows.startup),
    },
  ];
}
