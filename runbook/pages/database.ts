import { type DatabaseBudget, headroom } from "../../platform/budgets/connection-budget.ts";
import type { Page, RunbookContext } from "../page.ts";
import { databaseContext } from "./database-context.ts";
import { queries } from "./database-queries.ts";

/** Cloud SQL: connections first, because they end first. */
export function databasePages(context: RunbookContext, budget: DatabaseBudget) {
  const { names, locationFlags, projectFlag } = context;
  const { instance, key, settings: database, connectionName, replica } = budget.instance;
  const { describe, operations, errors, studio, users, section } = databaseContext(context, budget.instance);
  const { label, id: engine } = budget.instance.engine;
  const { sessions, endIdle } = queries[engine];
  const regional = database.availability === "REGIONAL";
  return {
    "connection-slots-exhausted": {
      means: `${label} has no slot left for services, or nearly none: ${database.maxConnections} in all. Containers that start now cannot initialize and end. It is nearly always instances × revisions × pool.`,
      first: [
        {
          say: "How many revisions run? A rollout keeps two, and each takes its pools: one too many is the quickest to free. Delete an old one that serves nothing; Cloud Run refuses to delete one that serves.",
          run: [
            ...users.map(
              ({ name }) =>
                `gcloud run revisions list --service=${names.service(name)} --limit=5 ${locationFlags}`,
            ),
            `gcloud run revisions delete REVISION ${locationFlags}`,
          ],
        },
        {
          say: `Who holds the connections? Run the query in ${studio}, which needs no network access, but one connection slot:`,
          run: [sessions],
        },
        {
          say: `Free slots now: end what has been idle for ten minutes${engine === "mysql" ? ", by the statements that this prints" : ""}. No active session is cut.`,
          run: [endIdle],
        },
        {
          say: "No connection succeeds, and no revision is superfluous: restart it. All connections are cut for about a minute.",
          run: [`gcloud sql instances restart ${instance} ${projectFlag}`],
        },
      ],
      fix: [
        `Budgeted are ${budget.used} of ${budget.limit}, headroom ${headroom(budget)}. More are open: an application does not use its \`DATABASE_POOL_SIZE\` and \`DATABASE_MAX_OVERFLOW\`; \`${context.validateCommand}\` compares.`,
        "Lower `services.<name>.database.pool` or `overflow`, or `instances.max`.",
        `Raise \`${key}.maxConnections\`, with a \`${key}.tier\` whose memory carries it: both restart the database for about a minute.`,
      ],
      rollback: users,
      rules: ["capacity/database-connections", "capacity/connector-connections", "data/sql-flags"],
      escalate:
        "The connections are not ours (user or address unknown in the query): the owners of security, then rotate the password.",
      section,
    },
    "socket-connection-failed": {
      means: `Services do not get through the Cloud SQL socket: no free slot, no permission, wrong instance, or no way through the ${context.has.connector ? "connector" : "network"}.`,
      first: [
        {
          say: "Ask from inside the network: the preflight distinguishes slots, permission, name and network path.",
          run: [context.preflightCommand],
        },
        { say: "Does the database run?", run: [describe] },
        {
          say: "May the services connect? Each must have roles/cloudsql.client.",
          run: [
            `gcloud projects get-iam-policy ${context.project} --flatten="bindings[].members" --filter="bindings.role=roles/cloudsql.client" --format="value(bindings.members)"`,
          ],
        },
        {
          say: "Is it the right instance, by the name that the project knows?",
          run: users.map(
            ({ name }) =>
              `gcloud run services describe ${names.service(name)} --format=export ${locationFlags}`,
          ),
        },
      ],
      fix: [
        "No slots: the page on connection slots. Database down: the page on that.",
        `The instance is \`${connectionName}\` everywhere: it comes from \`${key}.name\`, and nobody else writes it.`,
        '`services.<name>.database.via` to "private-ip" saves the hop through the socket and its limit of 100 connections for each instance.',
      ],
      rollback: users,
      rules: [
        "reachability/sql-socket",
        "reachability/connection-name",
        "identity/sql-client",
        "time/connector-pressure",
      ],
      escalate: `${context.has.preflight ? "The preflight reaches the database" : "The database answers others"} and the service does not: the owners of the service.`,
      section,
    },
    "database-down": {
      means: regional
        ? "The instance does not answer, and a failover to the standby, about a minute, has not helped."
        : replica === undefined
          ? "The instance does not answer. It is ZONAL: there is no standby, it comes back in its zone or is restored."
          : "The replica does not answer. It is in one zone, and comes back there or is made again; its primary goes on.",
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
              run: [`gcloud sql instances failover ${instance} ${projectFlag}`],
            }
          : {
              say: "State RUNNABLE and no answer for five minutes: restart it.",
              run: [`gcloud sql instances restart ${instance} ${projectFlag}`],
            },
      ],
      fix: [
        ...(regional || replica !== undefined
          ? []
          : [`\`${key}.availability\` to "REGIONAL" keeps a standby in another zone.`]),
        replica === undefined
          ? `If it is lost: restore into a new instance, give it to the environment as \`${key}.name\`, and deploy. Google blocks the old name for a week. \`gcloud sql instances clone ${instance} NEW_NAME --point-in-time=2026-01-31T02:45:00Z ${projectFlag}\` (the time before the damage, UTC).`
          : `If it is lost: give it a new \`${key}.name\`, and deploy: it is made from \`${replica.primary}\` again. Google blocks the old name for a week. Until then its readers name \`${replica.primary}\` as their \`instance\`, where that has the connections for them.`,
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
      section,
    },
  } satisfies Record<string, Page>;
}
