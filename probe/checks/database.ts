import type { Client } from "pg";
import { percentile } from "../../values/percentile.ts";
import { advised, type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { endSession, openSession, type Session } from "../clients/postgres.ts";
import { type DatabaseContext, databaseContexts, variableName, variableOf } from "../database-context.ts";
import { milliseconds } from "../time.ts";
import type { Place } from "../why/network.ts";
import { postgresFailure } from "../why/postgres.ts";
import { databaseConnections } from "./database-connections.ts";
import { wayToDatabase } from "./database-way.ts";
import { mysqlChecks } from "./mysql.ts";
import { secretCheck } from "./secrets.ts";

/** Each database from its name to a full pool. */
export function databaseChecks(context: Context): Check[] {
  return databaseContexts(context).flatMap((each) =>
    each.database.engine === "mysql" ? mysqlChecks(each) : postgresChecks(each),
  );
}

function postgresChecks(context: DatabaseContext): Check[] {
  const { plan, database } = context;
  const { target } = database;
  const way = wayToDatabase(context);
  const { connect, statement } = plan.seconds;
  // One session at a time until the pool: no more are open at once than an instance of the service may have.
  const before: string[] = [];
  const check = (name: string, needs: string, seconds: number, run: Session): Check => ({
    name: `${target}/${name}`,
    category: "database",
    needs: [needs],
    after: before.splice(0, 1, `${target}/${name}`),
    seconds,
    run: (signal) => inSession(context, way.place, signal, run),
  });
  return [
    ...way.checks,
    {
      name: `${target}/connect`,
      category: "database",
      needs: [way.needs, secretCheck(variableName(context, "POSTGRES_PASSWORD"))],
      seconds: connect + statement,
      run: (signal) => connects(context, way.place, signal),
    },
    check("writable", `${target}/connect`, connect + statement, takesWrites(context, way.place)),
    check("query", `${target}/connect`, connect + 2 * statement, benchmark(context)),
    check("statement-timeout", `${target}/connect`, connect + 2 * statement, cancels(context)),
    ...databaseConnections(context, way.place, check),
  ];
}

async function inSession(
  context: DatabaseContext,
  place: Place,
  signal: AbortSignal,
  run: Session,
): Promise<Outcome> {
  let client: Client | undefined;
  try {
    client = await openSession(context, signal);
    return await run(client, signal);
  } catch (error) {
    return postgresFailure(error, context, place);
  } finally {
    if (client !== undefined) await endSession(client);
  }
}

async function connects(context: DatabaseContext, place: Place, signal: AbortSignal): Promise<Outcome> {
  const { connect } = context.plan.seconds;
  const startedAt = performance.now();
  return inSession(context, place, signal, async (client) => {
    const took = milliseconds(startedAt);
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version",
    );
    const measured = { connectMilliseconds: took };
    if (took >= connect * 1000)
      return failed(
        "infrastructure",
        `${place.where}: a session took ${took} ms, the limit is ${connect} s: Cloud SQL under connection pressure, or the connector scales`,
        measured,
      );
    return passed(
      `${place.where}: a session of "${variableOf(context, "POSTGRES_USER")}" on PostgreSQL ${rows[0]?.version} in ${took} ms (limit ${connect} s)`,
      measured,
    );
  });
}

/** A replica, and a server that was set so, answer each query and refuse each write. A login may be meant to read only. */
function takesWrites({ database }: DatabaseContext, { where }: Place): Session {
  return async (client) => {
    const { rows } = await client.query<{ replica: boolean; mode: string; source: string }>(
      "SELECT pg_is_in_recovery() AS replica, setting AS mode, source FROM pg_settings WHERE name = 'default_transaction_read_only'",
    );
    const { replica = false, mode = "off", source = "" } = rows[0] ?? {};
    if (database.replica === true)
      return replica
        ? passed("PostgreSQL is a replica, as written, and is only read")
        : failed(
            "infrastructure",
            `${where}: this is a primary, where a replica is written: writes would not be refused`,
          );
    if (replica)
      return failed(
        "infrastructure",
        `${where}: this is a replica, or a primary that still recovers: writes are refused`,
      );
    if (mode === "off") return passed("PostgreSQL is the primary, and takes writes");
    const why = `${where}: default_transaction_read_only is on (set for the ${source}): writes are refused`;
    return source.endsWith("user") ? advised(why) : failed("infrastructure", why);
  };
}

function benchmark({ database }: DatabaseContext): Session {
  return async (client) => {
    const sample: number[] = [];
    for (let query = 0; query < database.queries; query++) {
      const startedAt = performance.now();
      await client.query("SELECT 1");
      sample.push(milliseconds(startedAt));
    }
    const p50 = percentile(sample, 0.5) ?? 0;
    const p95 = percentile(sample, 0.95) ?? 0;
    const measured = { p50Milliseconds: p50, p95Milliseconds: p95 };
    const said = `${database.queries} queries: median ${p50} ms, 95th percentile ${p95} ms (limit ${database.queryMilliseconds} ms)`;
    if (p95 < database.queryMilliseconds) return passed(said, measured);
    return failed(
      "infrastructure",
      `${said}: the database is under pressure, or the way to it (connector, region) is`,
      measured,
    );
  };
}

/** A statement timeout can be set, and ends a statement: without one, a hanging query holds its connection. */
function cancels({ plan }: Context): Session {
  return async (client) => {
    const wanted = `${plan.seconds.statement * 1000}`;
    await client.query("SELECT set_config('statement_timeout', $1, false)", [wanted]);
    await client.query("BEGIN");
    await client.query("SET LOCAL statement_timeout = 50");
    try {
      await client.query("SELECT pg_sleep(5)");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "57014")
        return passed(`a statement timeout of ${plan.seconds.statement} s can be set, and ends statements`);
      throw error;
    }
    return failed("infrastructure", "a statement of 5 s was not cancelled by a timeout of 50 ms");
  };
}
