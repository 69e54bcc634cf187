import { cloudSqlLimits, performanceTierMemory } from "../../resources/limits.ts";
import { customTier, tierMemory } from "../../resources/tiers.ts";
import type { DatabaseEngine } from "../backing-services/database-engines.ts";
import {
  type DatabaseSections,
  impliedInstance,
  primaries,
  type WrittenDatabase,
  writtenDatabases,
} from "../backing-services/databases.ts";
import type { Issue, Path } from "../issue.ts";
import { type Database, type Environment, pathOf, workloads } from "../schema/environment.ts";

/** Managed connection pooling, and who uses it. */
export function poolers(
  plan: Pick<Environment, "services" | "jobs" | "workerPools"> & DatabaseSections,
): Issue[] {
  const written = writtenDatabases(plan);
  const uses = workloads(plan).flatMap(({ database, databases = [] }) => [
    ...(database === undefined ? [] : [database]),
    ...databases,
  ]);
  return written.flatMap(({ name, path, settings, engine }): Issue[] => {
    const { pooler, edition } = settings;
    if (pooler === undefined) return [];
    if (engine.id === "mysql")
      return [
        {
          path: [...path, "pooler"],
          value: "set",
          allowed: `version is "${settings.version}", and the pooler of this platform is PostgreSQL's`,
          fix: "remove it, and keep the pools of the services small",
          uses: [[...path, "version"]],
        },
      ];
    const isUsed = uses.some(
      ({ via, instance = impliedInstance(written) }) => via === "pooler" && instance === name,
    );
    const own = { path: [...path, "pooler"], value: "set" };
    return [
      ...(edition === "ENTERPRISE_PLUS"
        ? []
        : [
            {
              ...own,
              allowed: `edition is "${edition}", and managed connection pooling needs ENTERPRISE_PLUS`,
              fix: 'remove it, or write edition: "ENTERPRISE_PLUS" with a tier like "db-perf-optimized-N-4"',
              uses: [[...path, "edition"]],
            },
          ]),
      ...(isUsed
        ? []
        : [
            {
              ...own,
              allowed: "nothing connects through it",
              fix: 'write via: "pooler" at a service, or remove it',
              uses: workloads(plan).map((workload) => pathOf(plan, workload)),
            },
          ]),
    ];
  });
}

/** Combinations of edition, tier and backups that Cloud SQL rejects. */
export function databaseSizes(plan: DatabaseSections): Issue[] {
  const written = writtenDatabases(plan);
  return [
    ...primaries(written).flatMap(sizesOf),
    ...written.flatMap((replica) => replicaSizes(written, replica)),
  ];
}

function sizesOf({ path, key, settings: database, engine }: WrittenDatabase): Issue[] {
  const issues: Issue[] = [
    ...connectionBounds(path, database, engine),
    ...mysqlNames(path, database, engine),
  ];
  const performance = database.tier.startsWith("db-perf-optimized-");
  if (performance !== (database.edition === "ENTERPRISE_PLUS")) {
    issues.push({
      path: [...path, "tier"],
      value: `"${database.tier}"`,
      allowed: `edition ${database.edition} takes ${database.edition === "ENTERPRISE_PLUS" ? "db-perf-optimized-N-* tiers" : "db-custom-* and shared-core tiers"} only`,
      fix:
        database.edition === "ENTERPRISE_PLUS"
          ? 'write for example "db-perf-optimized-N-4"'
          : 'write for example "db-custom-4-15360"',
      uses: [[...path, "edition"]],
    });
  }
  const custom = customTier(database.tier);
  if (custom !== undefined) {
    const { cpus, memory } = custom;
    const {
      customCpusHigh,
      customMemoryLow,
      customMemoryStep,
      customMemoryPerCpuLow,
      customMemoryPerCpuHigh,
    } = cloudSqlLimits;
    const low = customMemoryPerCpuLow.value * 1024 * cpus;
    const high = customMemoryPerCpuHigh.value * 1024 * cpus;
    const invalid = [
      (cpus !== 1 && cpus % 2 !== 0) || cpus < 1 || cpus > customCpusHigh.value
        ? `CPUs are 1 or an even number up to ${customCpusHigh.value}`
        : "",
      memory % customMemoryStep.value !== 0 ? `memory is a multiple of ${customMemoryStep.value} MiB` : "",
      memory < customMemoryLow.value ? `memory is at least ${customMemoryLow.value} MiB` : "",
      memory < low || memory > high
        ? `memory of ${cpus} CPUs is ${Math.ceil(low)} to ${high} MiB (${customMemoryPerCpuLow.value} to ${customMemoryPerCpuHigh.value} GiB each)`
        : "",
    ].filter(Boolean);
    if (invalid.length > 0) {
      issues.push({
        path: [...path, "tier"],
        value: `"${database.tier}"`,
        allowed: invalid.join("; "),
        fix: 'write for example "db-custom-4-15360"',
      });
    }
  }
  if (
    database.edition === "ENTERPRISE" &&
    database.backups.logRetentionDays > cloudSqlLimits.logRetentionHigh.value
  ) {
    issues.push({
      path: [...path, "backups", "logRetentionDays"],
      value: String(database.backups.logRetentionDays),
      allowed: `edition ENTERPRISE keeps the ${engine.id === "mysql" ? "binary" : "write-ahead"} log for 1 to ${cloudSqlLimits.logRetentionHigh.value} days`,
      fix: `write at most ${cloudSqlLimits.logRetentionHigh.value}, or choose ENTERPRISE_PLUS`,
      uses: [[...path, "edition"]],
    });
  }
  if (database.backups.retained < database.backups.logRetentionDays) {
    issues.push({
      path: [...path, "backups", "retained"],
      value: String(database.backups.retained),
      allowed: `fewer backups than the ${database.backups.logRetentionDays} days of log (logRetentionDays) do not cover its beginning`,
      fix: "keep at least as many backups as days of log",
      uses: [[...path, "backups", "logRetentionDays"]],
    });
  }
  const tiers = Object.keys(performanceTierMemory.value);
  if (performance && !tiers.includes(database.tier)) {
    issues.push({
      path: [...path, "tier"],
      value: `"${database.tier}"`,
      allowed: `there are the tiers ${tiers.join(", ")}`,
      fix: 'write for example "db-perf-optimized-N-4"',
    });
  }
  const memory = tierMemory(database.tier);
  const needed = database.maxConnections * engine.connectionMemory;
  if (memory !== undefined && needed > memory) {
    issues.push({
      path: [...path, "maxConnections"],
      value: String(database.maxConnections),
      allowed: `these connections take at least ${needed} MiB (${engine.connectionMemory} each), and ${database.tier} has ${memory} MiB`,
      fix: "choose a tier with more memory, or lower maxConnections",
      uses: [[...path, "tier"]],
    });
  }
  for (const [flag, setting] of Object.entries(engine.ownedFlags)) {
    const owner = setting.includes(".") ? setting : `${key}.${setting}`;
    if (flag in database.flags) {
      issues.push({
        path: [...path, "flags", flag],
        value: `"${database.flags[flag]}"`,
        allowed: `${owner} states this number`,
        fix: `remove it and write ${owner}`,
      });
    }
  }
  return issues;
}

/** A replica has tier and connections of its own, and everything else of its primary. */
function replicaSizes(written: readonly WrittenDatabase[], { replica, ...own }: WrittenDatabase): Issue[] {
  const primary = written.find(({ name }) => name === replica?.primary);
  if (replica === undefined || primary === undefined) return [];
  const { settings, engine, path } = own;
  const sizes = sizesOf(own).filter(({ path: at }) => ["tier", "maxConnections"].includes(String(at.at(-1))));
  const least = primary.settings.maxConnections;
  if (engine.id !== "postgres" || settings.maxConnections >= least) return sizes;
  return [
    ...sizes,
    {
      path: [...path, "maxConnections"],
      value: String(settings.maxConnections),
      allowed: `a replica of PostgreSQL takes at least as many connections as its primary: ${primary.key}.maxConnections is ${least}`,
      fix: `write at least ${least}, or leave it out`,
      uses: [[...primary.path, "maxConnections"]],
    },
  ];
}

/** How many connections an engine takes at all. */
function connectionBounds(path: Path, { maxConnections }: Database, engine: DatabaseEngine): Issue[] {
  const { low, high } = engine.connections;
  // The widest bounds of any engine are checked where it is written.
  const { mysqlMaxConnectionsLow, mysqlMaxConnectionsHigh } = cloudSqlLimits;
  if (maxConnections >= low && maxConnections <= high) return [];
  if (maxConnections < mysqlMaxConnectionsLow.value || maxConnections > mysqlMaxConnectionsHigh.value)
    return [];
  return [
    {
      path: [...path, "maxConnections"],
      value: String(maxConnections),
      allowed: `allowed of ${engine.label} is a whole number from ${low} to ${high}`,
      fix: `write a value from ${low} to ${high}`,
      uses: [[...path, "version"]],
    },
  ];
}

/** Databases that MySQL keeps for itself. */
const MYSQL_SCHEMAS = ["mysql", "sys", "information_schema", "performance_schema"];

function mysqlNames(path: Path, database: Database, engine: DatabaseEngine): Issue[] {
  if (engine.id !== "mysql") return [];
  const { databaseName, furtherDatabases = [], user, furtherUsers = [] } = database;
  const longest = cloudSqlLimits.mysqlUserLength.value;
  const databases: [Path, string][] = [
    [[...path, "databaseName"], databaseName],
    ...furtherDatabases.map((name, index): [Path, string] => [[...path, "furtherDatabases", index], name]),
  ];
  const users: [Path, string][] = [
    [[...path, "user"], user],
    ...furtherUsers.map((login, index): [Path, string] => [
      [...path, "furtherUsers", index, "user"],
      login.user,
    ]),
  ];
  return [
    ...databases.flatMap(([at, name]): Issue[] =>
      MYSQL_SCHEMAS.includes(name)
        ? [
            {
              path: at,
              value: `"${name}"`,
              allowed: "MySQL keeps this database for itself",
              fix: "choose another name",
            },
          ]
        : [],
    ),
    ...users.flatMap(([at, name]): Issue[] =>
      name.length > longest || name === "root"
        ? [
            {
              path: at,
              value: `"${name}"`,
              allowed:
                name === "root"
                  ? "it is the administrator of MySQL"
                  : `it has ${name.length} characters, and MySQL allows ${longest}`,
              fix:
                name === "root"
                  ? "choose a login of the services' own"
                  : `shorten it by ${name.length - longest}`,
            },
          ]
        : [],
    ),
  ];
}
