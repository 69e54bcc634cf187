import type { DatabaseInstance } from "../../backing-services/databases.ts";
import { type DatabaseBudget, headroom, largestPool } from "../../budgets/connection-budget.ts";
import type { Alert, Series } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { percent, shareOf, thresholds } from "../thresholds.ts";
import { aboveThreshold } from "./above-threshold.ts";

const METRICS = "cloudsql.googleapis.com/database";

/** Cloud SQL: connections against their budget, saturation and availability (incidents I-3, I-4). */
export function databaseAlerts(
  context: AlertContext<"services" | "jobs" | "workerPools" | "databaseUses" | "connectionBudget">,
): Alert[] {
  return context.connectionBudget.databases.flatMap((budget) => [
    ...connectionAlerts(context, budget),
    ...saturation(context, budget.instance),
    ...availability(context, budget.instance),
    ...lag(context, budget.instance),
  ]);
}

type Parts = AlertContext;

function series({ databaseId }: DatabaseInstance, metric: string, metricLabels = {}): Series {
  return {
    metric: `${METRICS}/${metric}`,
    resource: "cloudsql_database",
    resourceLabels: { database_id: databaseId },
    metricLabels,
  };
}

function describe({ projectFlag }: Parts, { instance }: DatabaseInstance): string {
  return `gcloud sql instances describe ${instance} ${projectFlag}`;
}

function errors({ projectFlag }: Parts, { databaseId }: DatabaseInstance): string {
  return `gcloud logging read 'resource.type="cloudsql_database" AND resource.labels.database_id="${databaseId}" AND severity>=ERROR' --freshness=30m --limit=20 ${projectFlag}`;
}

const REFUSAL = {
  postgres: "remaining connection slots are reserved",
  mysql: "Too many connections",
} as const;

const SESSIONS = {
  postgres:
    "`select usename, application_name, state, count(*) from pg_stat_activity group by 1, 2, 3 order by 4 desc`",
  mysql: "`select user, command, count(*) from information_schema.processlist group by 1, 2 order by 3 desc`",
} as const;

function connectionAlerts(
  context: AlertContext<"services" | "jobs" | "workerPools" | "databaseUses">,
  budget: DatabaseBudget,
): Alert[] {
  const { alertWindows, locationFlags } = context;
  const { instance } = budget;
  const { id, key, engine } = instance;
  const superuser = engine.superuserConnections;
  // Google's agents and people count as backends, too, so that all numbers include their reserve. Full scale uses
  // exactly the budget and must not fire; the last slot must.
  const slots = budget.limit - superuser;
  const page = Math.min(Math.max(shareOf(slots, thresholds.page), budget.used), slots - 1);
  const ticket = Math.min(budget.used, page);
  const { connections: failed } = largestPool(context, (use) => use.instance === instance);
  const numbers = [
    superuser === 0
      ? `max_connections is ${budget.limit}: at ${slots} everybody is refused (${key}.maxConnections)`
      : `max_connections is ${budget.limit}, ${superuser} of them for PostgreSQL's superuser: at ${slots} everybody else is refused (${key}.maxConnections)`,
    `who holds them, in Cloud SQL Studio: ${SESSIONS[engine.id]}`,
    `budgeted at full scale: ${budget.shares.map(({ owner, connections, sum }) => `${owner} ${connections} (${sum})`).join(", ")}; headroom ${headroom(budget)}`,
  ];
  // The database has no public address, so that `gcloud sql connect` cannot reach it; the preflight runs inside.
  const sessions = context.checkCommands.inside;
  const instances = `gcloud run revisions list ${locationFlags}`;
  const backends = (threshold: number, duration: typeof alertWindows.brief): Alert["conditions"] => [
    aboveThreshold({
      title: `more than ${threshold} connections`,
      series: series(instance, engine.connectionsMetric),
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
      id: `${id}-connections`,
      severity: "ticket",
      symptom: "connection-slots-exhausted",
      title: `${instance.instance} has more than ${ticket} connections`,
      meaning: `More connections than the environment budgets for at full scale: an application ignores its pool size, more revisions run than expected, or somebody connects from elsewhere.`,
      numbers,
      commands: [sessions, instances, describe(context, instance)],
      conditions: backends(ticket, alertWindows.sustained),
    },
    {
      id: `${id}-connections-exhausted`,
      severity: "page",
      symptom: "connection-slots-exhausted",
      title: `${instance.instance} has nearly no connection left`,
      meaning: `New connections are about to be refused with "${REFUSAL[engine.id]}": containers that start now fail their initialization and exit.`,
      numbers: [
        `more than ${page} connections: ${percent(thresholds.page)} of ${slots}, or the budget of ${budget.used} where that is more`,
        ...numbers,
      ],
      commands: [sessions, instances, errors(context, instance)],
      conditions: backends(page, alertWindows.brief),
    },
    {
      id: `${id}-logins-failed`,
      severity: "ticket",
      symptom: "connection-slots-exhausted",
      title: `Connections to ${instance.instance} fail`,
      meaning:
        "More connection attempts fail than a whole pool of one instance holds: wrong password after a rotation, no free slot, or somebody who should not be there.",
      numbers: [
        `${failed} attempts within ${alertWindows.sustained} s: the largest pool with its overflow`,
        ...numbers,
      ],
      commands: [errors(context, instance), `npm run secrets -- ${context.name}`, sessions],
      conditions: [
        aboveThreshold({
          title: `more than ${failed} failed attempts`,
          series: series(instance, "network/connection_attempt_count", { login_status: "failed" }),
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
function saturation(context: Parts, instance: DatabaseInstance): Alert[] {
  const { alertWindows, projectFlag } = context;
  const { id, key, engine, replica } = instance;
  const { tier, diskGibibytes } = instance.settings;
  const operations = `gcloud sql operations list --instance=${instance.instance} --limit=10 ${projectFlag}`;
  const common = { commands: [describe(context, instance), operations, errors(context, instance)] as const };
  const share = (metric: string, threshold: number): Alert["conditions"] => [
    aboveThreshold({
      title: `above ${percent(threshold)}`,
      series: series(instance, metric),
      aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX" },
      threshold,
      duration: alertWindows.sustained,
    }),
  ];
  return [
    {
      id: `${id}-cpu`,
      severity: "ticket",
      symptom: "database-overloaded",
      title: `${instance.instance} is short of CPU`,
      meaning:
        "Queries queue up; initialization of new containers takes longer and eats into the start-up window.",
      numbers: [`${percent(thresholds.ticket)} of tier ${tier} (${key}.tier)`],
      conditions: share("cpu/utilization", thresholds.ticket),
      ...common,
    },
    {
      id: `${id}-memory`,
      severity: "ticket",
      symptom: "database-overloaded",
      title: `${instance.instance} is short of memory`,
      meaning: `${engine.label} is killed and restarted when memory ends, which cuts every connection at once.`,
      numbers: [`${percent(thresholds.page)} of tier ${tier} (${key}.tier); the page cache does not count`],
      conditions: share("memory/utilization", thresholds.page),
      ...common,
    },
    {
      id: `${id}-disk`,
      severity: "ticket",
      symptom: "disk-full",
      title: `The disk of ${instance.instance} does not keep up`,
      meaning:
        "The disk grows by itself, so it is this full only when growing fails or data comes faster than it.",
      numbers: [
        `${percent(thresholds.ticket)} of the disk, which began with ${diskGibibytes} GiB (${replica?.primaryKey ?? key}.diskGibibytes)`,
      ],
      conditions: share("disk/utilization", thresholds.ticket),
      ...common,
    },
    {
      id: `${id}-disk-full`,
      severity: "page",
      symptom: "disk-full",
      title: `The disk of ${instance.instance} is nearly full`,
      meaning: "A full disk stops every write, and the instance may not start again.",
      numbers: [`${percent(thresholds.page)} of the disk`],
      conditions: share("disk/utilization", thresholds.page),
      ...common,
    },
    ...(engine.id === "mysql"
      ? []
      : [
          {
            id: `${id}-transaction-ids`,
            severity: "ticket",
            symptom: "transaction-ids",
            title: `${instance.instance} uses up its transaction ids`,
            meaning:
              "Vacuum does not get through: a long transaction or an abandoned slot holds it. At the end PostgreSQL refuses every write.",
            numbers: [
              `${percent(thresholds.transactionIds)} of PostgreSQL's transaction ids; autovacuum keeps them near 10%`,
            ],
            conditions: share("postgresql/transaction_id_utilization", thresholds.transactionIds),
            ...common,
          } as const,
        ]),
  ];
}

function availability(context: Parts, instance: DatabaseInstance): Alert[] {
  const { alertWindows, projectFlag } = context;
  const { id, key } = instance;
  const database = instance.settings;
  const commands = [
    describe(context, instance),
    `gcloud sql operations list --instance=${instance.instance} --limit=10 ${projectFlag}`,
    errors(context, instance),
  ] as const;
  const answers = (metric: string, duration: typeof alertWindows.brief): Alert["conditions"] => [
    {
      kind: "threshold",
      title: "below 1",
      series: series(instance, metric),
      aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX" },
      comparison: "COMPARISON_LT",
      threshold: 1,
      duration,
    },
  ];
  const down: Alert = {
    id: `${id}-down`,
    severity: "page",
    symptom: "database-down",
    title: `${instance.instance} is down`,
    meaning:
      instance.replica !== undefined
        ? "The replica does not answer: what reads from it fails, and its primary goes on."
        : database.availability === "REGIONAL"
          ? "The instance does not answer. A failover to the standby takes about a minute; this has lasted longer."
          : `The instance does not answer, and there is no standby (${key}.availability is ZONAL): it must be restarted or restored.`,
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
      id: `${id}-standby`,
      severity: "ticket",
      symptom: "replication",
      title: `${instance.instance} cannot fail over`,
      meaning:
        "The standby is missing or behind: if the zone fails now, the database is gone until it is restored.",
      numbers: [`${key}.availability is REGIONAL, so a standby must be there at all times`],
      commands,
      conditions: answers("available_for_failover", alertWindows.startup),
    },
  ];
}

/** A replica that is behind answers with what was true a while ago. */
function lag(context: Parts, instance: DatabaseInstance): Alert[] {
  const { alertWindows, projectFlag } = context;
  const { replica, id, key } = instance;
  if (replica === undefined) return [];
  return [
    {
      id: `${id}-lag`,
      severity: "ticket",
      symptom: "replica-lag",
      title: `${instance.instance} is more than ${replica.maxLag} s behind its primary`,
      meaning:
        "What reads from the replica gets old answers: long statements on it hold the replay back, or more is written than it can follow.",
      numbers: [`${replica.maxLag} s (${key}.maxLag)`],
      commands: [
        describe(context, instance),
        `gcloud sql operations list --instance=${instance.instance} --limit=10 ${projectFlag}`,
        errors(context, instance),
      ],
      conditions: [
        aboveThreshold({
          title: `more than ${replica.maxLag} s behind`,
          series: series(instance, "replication/replica_lag"),
          aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX" },
          threshold: replica.maxLag,
          duration: alertWindows.sustained,
        }),
      ],
    },
  ];
}
