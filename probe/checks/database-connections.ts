import type { Client } from "pg";
import { advised, type Check, failed, type Outcome, passed } from "../check.ts";
import { endSession, openSession, type Session } from "../clients/postgres.ts";
import type { DatabaseContext } from "../database-context.ts";
import type { Place } from "../why/network.ts";
import { budget, postgresFailure } from "../why/postgres.ts";

/** `max_connections` in force, what is taken of it, and whether one instance gets all that it may open. */
export function databaseConnections(
  context: DatabaseContext,
  place: Place,
  check: (name: string, needs: string, seconds: number, run: Session) => Check,
): Check[] {
  const { connect, statement } = context.plan.seconds;
  const { target } = context.database;
  return [
    check("max-connections", `${target}/connect`, connect + statement, maxConnections(context)),
    check("connections-left", `${target}/connect`, connect + statement, connectionsLeft(context)),
    {
      name: `${target}/pool`,
      category: "database",
      // A slow server is not burdened further.
      needs: [`${target}/connections-left`, `${target}/query`, `${target}/statement-timeout`],
      after: [`${target}/writable`, `${target}/max-connections`],
      seconds: 2 * connect,
      run: (signal) => fillPool(context, place, signal),
    },
  ];
}

function maxConnections(context: DatabaseContext): Session {
  const { maxConnections: written, needed } = context.database;
  return async (client) => {
    const { rows } = await client.query<{ value: string }>(
      "SELECT current_setting('max_connections') AS value",
    );
    const inForce = Number(rows[0]?.value);
    const measured = { maxConnections: inForce, written, needed };
    if (inForce < needed)
      return failed(
        "infrastructure",
        `max_connections in force is ${inForce}, written is ${written}, and the budget needs ${budget(context)}: set the flag and restart the instance`,
        measured,
      );
    if (inForce !== written)
      return advised(
        `max_connections in force is ${inForce}, written is ${written}; the budget's ${needed} fit`,
        measured,
      );
    return passed(`max_connections is ${inForce} as written; the budget needs ${needed}`, measured);
  };
}

/** Other logins' sessions hide what they are, and are counted by their database; the preflight's own will be gone. */
const COUNTED = `
  SELECT current_setting('max_connections')::int AS most,
         (SELECT sum(setting::int) FROM pg_settings
           WHERE name IN ('superuser_reserved_connections', 'reserved_connections'))::int AS reserved,
         (SELECT count(*) FROM pg_stat_activity
           WHERE datid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
             AND application_name IS DISTINCT FROM 'preflight')::int AS used`;

function connectionsLeft({ database: { perInstance, perRevision } }: DatabaseContext): Session {
  return async (client) => {
    const { rows } = await client.query<{ most: number; reserved: number; used: number }>(COUNTED);
    const { most = 0, reserved = 0, used = 0 } = rows[0] ?? {};
    const left = most - reserved - used;
    const measured = { inUse: used, left, perInstance, perRevision };
    const said = `${used} connections are in use, ${left} of ${most} are left (${reserved} reserved)`;
    if (left < perInstance)
      return failed(
        "infrastructure",
        `${said}: fewer than the ${perInstance} that one new instance may open; end idle sessions or raise max_connections`,
        measured,
      );
    if (left < perRevision)
      return advised(
        `${said}: enough for one instance (${perInstance}), not for a new revision at its maximum (${perRevision})`,
        measured,
      );
    return passed(`${said}; a new revision opens at most ${perRevision}`, measured);
  };
}

async function fillPool(context: DatabaseContext, place: Place, signal: AbortSignal): Promise<Outcome> {
  const { perInstance } = context.database;
  const attempts = await Promise.allSettled(
    Array.from({ length: perInstance }, () => openSession(context, signal)),
  );
  const opened: Client[] = attempts.flatMap((attempt) =>
    attempt.status === "fulfilled" ? [attempt.value] : [],
  );
  await Promise.all(opened.map(endSession));
  const measured = { opened: opened.length, wanted: perInstance };
  const lost = attempts.find((attempt) => attempt.status === "rejected");
  if (lost === undefined)
    return passed(`${perInstance} connections at once, as one instance may open them`, measured);
  const failure = postgresFailure(lost.reason, context, place);
  return {
    ...failure,
    why: `${opened.length} of ${perInstance} connections at once: ${failure.why}`,
    measured,
  };
}
