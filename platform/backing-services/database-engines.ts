import { cloudSqlLimits, memoryOfConnection, memoryOfMysqlConnection } from "../../resources/limits.ts";

/** What differs between the engines of Cloud SQL. */
export interface DatabaseEngine {
  /** Part of names: private host, firewall rule, dependency at /health/infrastructure. */
  readonly id: "postgres" | "mysql";
  readonly label: "PostgreSQL" | "MySQL";
  /** TCP port of the instance. */
  readonly port: number;
  /** Connections of `max_connections` that nobody but the superuser gets. */
  readonly superuserConnections: number;
  /** Least and most that `max_connections` may be. */
  readonly connections: { readonly low: number; readonly high: number };
  /** Least that one connection takes of the instance's memory, MiB. */
  readonly connectionMemory: number;
  /** Metric of the open connections, below cloudsql.googleapis.com/database. */
  readonly connectionsMetric: string;
  /** Path of the Unix socket of an instance, below its directory; "" where the path is the socket itself. */
  readonly socketFile: string;
  /** Flags whose value another setting states: of the instance, or as a path. */
  readonly ownedFlags: Readonly<Record<string, string>>;
}

/** More connections mostly cost PostgreSQL context switches: use a pooler. */
export const MOST_POSTGRES_CONNECTIONS = 4000;

const postgres: DatabaseEngine = {
  id: "postgres",
  label: "PostgreSQL",
  port: cloudSqlLimits.postgresPort.value,
  superuserConnections: cloudSqlLimits.superuserReservedConnections.value,
  connections: { low: 25, high: MOST_POSTGRES_CONNECTIONS },
  connectionMemory: memoryOfConnection.value,
  connectionsMetric: "postgresql/num_backends",
  socketFile: "/.s.PGSQL.5432",
  ownedFlags: {
    max_connections: "maxConnections",
    statement_timeout: "deadlines.databaseStatement",
    idle_session_timeout: "deadlines.poolIdle",
  },
};

const mysql: DatabaseEngine = {
  id: "mysql",
  label: "MySQL",
  port: cloudSqlLimits.mysqlPort.value,
  // The one connection of an administrator is beyond max_connections.
  superuserConnections: 0,
  connections: {
    low: cloudSqlLimits.mysqlMaxConnectionsLow.value,
    high: cloudSqlLimits.mysqlMaxConnectionsHigh.value,
  },
  connectionMemory: memoryOfMysqlConnection.value,
  connectionsMetric: "network/connections",
  socketFile: "",
  ownedFlags: {
    max_connections: "maxConnections",
    max_execution_time: "deadlines.databaseStatement",
    wait_timeout: "deadlines.poolIdle",
  },
};

export function engineOf({ version }: { readonly version: string }): DatabaseEngine {
  return version.startsWith("MYSQL") ? mysql : postgres;
}
