import { cloudSqlLimits } from "../../resources/limits.ts";
import { givenName, givenNameOf } from "../existing/given-name.ts";
import type { Path } from "../issue.ts";
import { secretVariable } from "../names.ts";
import type { Database, Environment, Workload } from "../schema/environment.ts";
import type { Seconds } from "../units.ts";
import { type DatabaseEngine, engineOf } from "./database-engines.ts";

/** The settings of an instance, and where they are written. */
export interface WrittenDatabase {
  /** Name by which services refer to it. */
  readonly name: string;
  readonly path: Path;
  /** As sentences write it: "database", "databases.orders". */
  readonly key: string;
  /** Of a replica those of its primary, with its own in their place. */
  readonly settings: Database;
  readonly engine: DatabaseEngine;
  /** What only a read replica has. */
  readonly replica?: {
    readonly primary: string;
    /** As sentences write the primary: "database". */
    readonly primaryKey: string;
    readonly maxLag: Seconds;
  };
}

/** A Cloud SQL instance of an environment, with its names. */
export interface DatabaseInstance extends WrittenDatabase {
  /** What ids of its alerts, constructs and checks start with: "database", or "database-orders" where there may be several. */
  readonly id: string;
  /** Name in Google Cloud. */
  readonly instance: string;
  /** project:region:instance. */
  readonly connectionName: string;
  /** Directory of the instance's Unix socket in a container. */
  readonly socketDirectory: string;
  /** Label database_id of the instance's metrics and logs. */
  readonly databaseId: string;
  /** Label of its record in the private zone. */
  readonly record: string;
  /** Private DNS name. */
  readonly host: string;
}

/** One database that a service or a job uses. */
export interface DatabaseUse {
  readonly instance: DatabaseInstance;
  /** Where it is written, within the service: ["database"]. */
  readonly path: Path;
  /** Starts the names of its variables: "", or "ORDERS_". */
  readonly prefix: string;
  readonly database: string;
  readonly user: string;
  /** Secret with the password of the login. */
  readonly passwordSecret: string;
  readonly pool: number;
  readonly overflow: number;
  readonly via: NonNullable<Workload["database"]>["via"];
}

export type DatabaseSections = Pick<Environment, "database" | "databases">;
type Named = DatabaseSections & Pick<Environment, "project" | "region" | "main" | "prefix" | "existing">;

/** Every instance that is written: the one of `database`, or those of `databases`, each before its replicas. */
export function writtenDatabases({ database, databases = [] }: DatabaseSections): WrittenDatabase[] {
  return [
    ...(database === undefined ? [] : withReplicas(database, ["database"], "database")),
    ...databases.flatMap((settings, index) =>
      withReplicas(settings, ["databases", index], `databases.${settings.name}`),
    ),
  ];
}

function withReplicas(primary: Database, path: Path, key: string): WrittenDatabase[] {
  const engine = engineOf(primary);
  const { replicas = [], pooler: _, ...shared } = primary;
  return [
    { name: primary.name, path, key, settings: primary, engine },
    ...replicas.map(
      ({ name, maxLag, caSecret, ...own }, index): WrittenDatabase => ({
        name,
        path: [...path, "replicas", index],
        key: `${key}.replicas.${name}`,
        settings: {
          ...shared,
          name,
          tier: own.tier ?? primary.tier,
          maxConnections: own.maxConnections ?? primary.maxConnections,
          caSecret,
          availability: "ZONAL",
          // Migrations write.
          jobConnections: 0,
        },
        engine,
        replica: { primary: primary.name, primaryKey: key, maxLag },
      }),
    ),
  ];
}

/** Those that are no replica. */
export function primaries<Written extends Pick<WrittenDatabase, "replica">>(
  all: readonly Written[],
): Written[] {
  return all.filter(({ replica }) => replica === undefined);
}

/** The instance that a use without a name means: the only one, replicas aside. */
export function impliedInstance(all: readonly WrittenDatabase[]): string | undefined {
  const [first, ...more] = primaries(all);
  return more.length === 0 ? first?.name : undefined;
}

/** Every Cloud SQL instance, with the names that follow from the environment; an existing one keeps its own. */
export function databaseInstances(environment: Named): DatabaseInstance[] {
  const { project, main, prefix, existing } = environment;
  const region = main?.region ?? environment.region;
  return writtenDatabases(environment).map((written) => {
    const isOnly = written.key === "database";
    const { name, engine } = written;
    const given = isOnly ? givenName(existing.database) : givenNameOf(existing.databases ?? {}, name);
    const instance = given ?? `${prefix}-${name}`;
    const connectionName = `${project}:${region}:${instance}`;
    const record = isOnly ? engine.id : `${engine.id}-${name}`;
    return {
      ...written,
      id: isOnly ? "database" : `database-${name}`,
      instance,
      connectionName,
      socketDirectory: `/cloudsql/${connectionName}`,
      databaseId: `${project}:${instance}`,
      record,
      host: `${record}.${prefix}.internal`,
    };
  });
}

/** The databases that a service or a job uses; one of an instance that is not declared is left out. */
export function databaseUses(
  instances: readonly DatabaseInstance[],
  workload: Pick<Workload, "database" | "databases">,
): DatabaseUse[] {
  const { database, databases = [] } = workload;
  const one = impliedInstance(instances);
  const all = [
    ...(database === undefined
      ? []
      : [{ ...database, instance: database.instance ?? one, path: ["database"], prefix: "" }]),
    ...databases.map((use, index) => ({
      ...use,
      path: ["databases", index],
      prefix: `${secretVariable(use.as ?? use.instance)}_`,
    })),
  ];
  return all.flatMap((use): DatabaseUse[] => {
    const instance = instances.find(({ name }) => name === use.instance);
    if (instance === undefined) return [];
    const { path, prefix, pool, overflow, via } = use;
    const { databaseName, user, passwordSecret, furtherUsers = [] } = instance.settings;
    const further = furtherUsers.find((other) => other.user === use.user);
    return [
      {
        instance,
        path,
        prefix,
        database: use.database ?? databaseName,
        user: use.user ?? user,
        passwordSecret: further?.passwordSecret ?? passwordSecret,
        pool,
        overflow,
        via,
      },
    ];
  });
}

/** The port that a client connects to; through a socket of PostgreSQL it is part of the file's name. */
export function portOf({ engine }: Pick<WrittenDatabase, "engine">, via: DatabaseUse["via"]): number {
  return via === "pooler" ? cloudSqlLimits.poolerPort.value : engine.port;
}

/** Connections that one instance of a service, or one task of a job, opens through these. */
export function connectionsOf(uses: readonly Pick<DatabaseUse, "pool" | "overflow">[]): number {
  return uses.reduce((sum, { pool, overflow }) => sum + pool + overflow, 0);
}

/** Whether a service or a job uses any database. */
export function usesDatabase({
  database,
  databases = [],
}: Pick<Workload, "database" | "databases">): boolean {
  return database !== undefined || databases.length > 0;
}

/** Whether a service or a job connects to any database in this way. */
export function connectsVia(
  { database, databases = [] }: Pick<Workload, "database" | "databases">,
  via: DatabaseUse["via"],
): boolean {
  return database?.via === via || databases.some((use) => use.via === via);
}
