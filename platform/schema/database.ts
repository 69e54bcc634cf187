import { z } from "zod";
import { cloudSqlLimits } from "../../resources/limits.ts";
import { seconds } from "../units.ts";
import { choice, count, duration, flag, text, texts } from "./leaf.ts";
import { identifier, name, secretName } from "./names.ts";
import { section } from "./section.ts";

const tier = text({
  pattern: /^(db-f1-micro|db-g1-small|db-custom-\d+-\d+|db-perf-optimized-N-\d+)$/,
  allowed: "db-custom-<cpus>-<MiB>, db-perf-optimized-N-<cpus>, db-g1-small or db-f1-micro",
  fix: "write for example db-custom-4-15360 (4 CPUs, 15 GiB)",
  placeholder: "db-custom-2-7680",
  isSize: true,
});

const maxConnections = count({
  from: cloudSqlLimits.mysqlMaxConnectionsLow.value,
  to: cloudSqlLimits.mysqlMaxConnectionsHigh.value,
  because: "explicit, so that a change of tier does not change it",
  unit: "connections",
});

/** Serves reads alone, with the databases and logins of its primary. */
const readReplica = section({
  /** Instance name after the environment's prefix; unique among databases and replicas. */
  name: name("orders-replica"),
  /** @default that of the primary */
  tier: tier.optional(),
  /** `max_connections`; of PostgreSQL at least that of the primary. @default that of the primary */
  maxConnections: maxConnections.optional(),
  /** Secret that holds the CA certificate (PEM) of this server, for services with via "private-ip". */
  caSecret: secretName.optional(),
  /** How far it may be behind its primary before a ticket is opened, at least 60 s. @default 300 s */
  maxLag: duration({ from: 60, to: 86400, because: "Cloud SQL reports the lag once a minute" }).default(
    seconds(300),
  ),
});

/** A Cloud SQL instance. */
export const database = section({
  /** Instance name after the environment's prefix. Google blocks a deleted name for a week: to rebuild, choose a new one. */
  name: name("shared-postgres"),
  /**
   * Version of PostgreSQL or MySQL. Google defaults to ENTERPRISE_PLUS from PostgreSQL 16 on, which is why `edition` is
   * always written.
   */
  version: choice([
    "POSTGRES_13",
    "POSTGRES_14",
    "POSTGRES_15",
    "POSTGRES_16",
    "POSTGRES_17",
    "POSTGRES_18",
    "MYSQL_8_0",
    "MYSQL_8_4",
  ]),
  edition: choice(["ENTERPRISE", "ENTERPRISE_PLUS"]),
  /** db-custom-<cpus>-<MiB> with ENTERPRISE, db-perf-optimized-N-<cpus> with ENTERPRISE_PLUS. */
  tier,
  /**
   * The `max_connections` flag, always explicit so that a change of tier does not change it: 25 to 4,000 of PostgreSQL, 10 to
   * 100,000 of MySQL. A change restarts PostgreSQL.
   */
  maxConnections,
  /**
   * Managed connection pooling of PostgreSQL, for services with via "pooler"; ENTERPRISE_PLUS only. There is one pooler for each 4 CPUs.
   * Enabling it restarts the database. @default none
   */
  pooler: section({
    /** Connections to PostgreSQL that each pooler keeps at most for the services' login (max_pool_size). */
    poolSize: count({ from: 1, to: 4000, unit: "connections" }),
  }).optional(),
  /** Connections reserved for people and Cloud SQL's agents, in addition to the 3 of PostgreSQL's superuser. @default 10 */
  reservedConnections: count({ from: 2, to: 200, unit: "connections" }).default(10),
  /** Connections of migration jobs that run while services do. @default 5 */
  jobConnections: count({ from: 0, to: 500, unit: "connections" }).default(5),
  /** REGIONAL keeps a standby in a second zone; a failover takes about 60 s. */
  availability: choice(["REGIONAL", "ZONAL"]),
  /** Starting disk size in GiB; it grows by itself. Never lower it: that would replace the database. @default 20 */
  diskGibibytes: count({ from: 20, to: 65536, unit: "GiB" }).default(20),
  backups: section({
    /** UTC hour at which the daily backup starts, 0 to 23. @default 3 */
    startHour: count({ from: 0, to: 23, isName: true }).default(3),
    /** How many daily backups are kept. @default 14 */
    retained: count({ from: 7, to: 365, unit: "backups" }).default(14),
    /** Days of write-ahead log, or binary log, kept for point-in-time recovery: 1 to 7 with ENTERPRISE, to 35 with ENTERPRISE_PLUS. @default 7 */
    logRetentionDays: count({ from: 1, to: 35, unit: "days" }).default(7),
  }).default({ startHour: 3, retained: 14, logRetentionDays: 7 }),
  maintenance: section({
    /** Day of the week, 1 (Monday) to 7. */
    day: count({ from: 1, to: 7, isName: true }),
    /** UTC hour, 0 to 23. */
    hour: count({ from: 0, to: 23, isName: true }),
  }),
  /** Database of the services. */
  databaseName: identifier("app"),
  /** Login of the services. A person creates it, so that its password is never in code or state. */
  user: identifier("app"),
  /** Secret that holds the login's password; services get it as POSTGRES_PASSWORD or MYSQL_PASSWORD. */
  passwordSecret: secretName,
  /** Secret that holds the server's CA certificate (PEM), for services with via "private-ip" or "pooler": POSTGRES_CA_CERTIFICATE or MYSQL_CA_CERTIFICATE. */
  caSecret: secretName.optional(),
  /** Further databases of the instance, for services that name one. @default none */
  furtherDatabases: z.array(identifier("reports")).optional(),
  /** Further logins, each with its own password, for services that name one. A person creates them, too. @default none */
  furtherUsers: z
    .array(
      section({
        user: identifier("reports"),
        /** Secret that holds its password. */
        passwordSecret: secretName,
      }),
    )
    .optional(),
  /** Read replicas in the region of the environment; services that only read name one as their `instance`. @default none */
  replicas: z.array(readReplica).optional(),
  /** Keep query insights on. @default true */
  insights: flag().default(true),
  /** Further flags of the engine. `max_connections` has its own key. @default none */
  flags: texts({
    what: "texts by the name of the flag",
    fix: 'write for example { log_min_duration_statement: "1000" }',
  }).default({}),
});
