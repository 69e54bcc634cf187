import { choice, count } from "./leaf.ts";
import { identifier, name } from "./names.ts";
import { section } from "./section.ts";

const use = {
  /** Database of the instance: `databaseName`, or one of `furtherDatabases`. @default databaseName */
  database: identifier("reports").optional(),
  /** Login: `user`, or one of `furtherUsers`. @default user */
  user: identifier("reports").optional(),
  /** Size of the connection pool. */
  pool: count({
    from: 1,
    to: 500,
    because: "a pool without connections cannot serve",
    unit: "connections",
  }),
  /** Connections beyond the pool under load. */
  overflow: count({ from: 0, to: 500, unit: "connections" }),
  /**
   * "socket": the built-in Cloud SQL connector under /cloudsql (port 3307); "private-ip": TLS to port 5432, of MySQL 3306;
   * "pooler": TLS to port 6432, where the managed pooler (database.pooler) shares its connections between transactions.
   */
  via: choice(["socket", "private-ip", "pooler"]),
};

/** How a service or a job uses its one database. */
export const databaseUse = section({
  /** Name of the instance. @default the only one of the environment */
  instance: name("orders").optional(),
  ...use,
});

/** How a service or a job uses one of several databases. */
export const namedDatabaseUse = section({
  /** Name of the instance. */
  instance: name("orders"),
  /** Starts its variables in place of the instance's name: "audit" for AUDIT_POSTGRES_HOST. @default instance */
  as: name("audit").optional(),
  ...use,
});
