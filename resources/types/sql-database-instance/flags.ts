import type { Attributes } from "../../attributes.ts";
import type { Fault } from "../../constraints/constraint.ts";
import { custom, unique } from "../../constraints/index.ts";
import { cloudSqlLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";
import { type Engine, engineOf } from "./engine.ts";

const FLAGS = "settings.database_flags";

/** Flags of each engine that are written for the other one. */
const FOREIGN: Readonly<Record<Engine, RegExp | undefined>> = {
  POSTGRES:
    /^(cloudsql_.*|slow_query_log|long_query_time|innodb_.*|general_log|sql_mode|lower_case_table_names|character_set_server|local_infile|skip_show_database|max_allowed_packet|wait_timeout)$/,
  MYSQL:
    /^(cloudsql\..*|log_min_duration_statement|log_connections|log_disconnections|log_checkpoints|log_lock_waits|log_temp_files|shared_buffers|work_mem|maintenance_work_mem|max_wal_size|autovacuum.*|pgaudit\..*|random_page_cost|statement_timeout|idle_in_transaction_session_timeout|max_worker_processes)$/,
  SQLSERVER: undefined,
};

/** Flags of PostgreSQL that are set most. */
const COMMON = [
  "autovacuum_max_workers",
  "autovacuum_naptime",
  "cloudsql.enable_pgaudit",
  "cloudsql.iam_authentication",
  "cloudsql.logical_decoding",
  "effective_cache_size",
  "idle_in_transaction_session_timeout",
  "lock_timeout",
  "log_checkpoints",
  "log_connections",
  "log_disconnections",
  "log_lock_waits",
  "log_min_duration_statement",
  "log_statement",
  "log_temp_files",
  "maintenance_work_mem",
  "max_connections",
  "max_wal_size",
  "random_page_cost",
  "shared_buffers",
  "statement_timeout",
  "superuser_reserved_connections",
];
/** Shorter names are too near to each other to guess one from another. */
const LONG_ENOUGH = 10;

/** Database flags. */
export const flags: FieldRule = {
  id: "data/sql-flags",
  source: limits.maxConnectionsHigh.source,
  constraints: [
    unique(FLAGS, "name", { fix: "Keep one of them." }),
    custom(
      "database_flags.name: a flag of the engine, cloudsql.* on PostgreSQL and cloudsql_* on MySQL",
      names,
    ),
    custom("database_flags: on or off for what is turned on and off", function* (instance) {
      if (engineOf(instance) === "SQLSERVER") return;
      for (const flag of instance.blocks(FLAGS)) {
        const value = flag.string("value") ?? "";
        if (/^(true|false|yes|no)$/i.test(value))
          yield {
            found: `database flag ${flag.string("name")} is "${value}"`,
            because: "a flag is on or off",
            fix: `Write value = "${/^(true|yes)$/i.test(value) ? "on" : "off"}".`,
          };
      }
    }),
    custom(
      `database_flags max_connections of PostgreSQL: ${limits.maxConnectionsLow.value} to ${limits.maxConnectionsHigh.value}, above superuser_reserved_connections`,
      connections,
    ),
  ],
};

function* names(instance: Attributes): Iterable<Fault> {
  const engine = engineOf(instance);
  if (engine === undefined) return;
  for (const flag of instance.blocks(FLAGS)) {
    const name = flag.string("name") ?? "";
    const found = `database flag ${name} is set`;
    if (engine !== "SQLSERVER" && /[\s-]/.test(name)) {
      yield {
        found,
        because: "names of flags have underscores",
        fix: `Write ${name.trim().replace(/[\s-]+/g, "_")}.`,
      };
      continue;
    }
    if (FOREIGN[engine]?.test(name) === true)
      yield {
        found,
        because: `${engine} has no such flag`,
        fix: /^cloudsql[._]/.test(name)
          ? `Write ${engine === "POSTGRES" ? name.replace("_", ".") : name.replace(".", "_")}.`
          : `Remove ${name}.`,
      };
    else {
      const meant = engine === "POSTGRES" ? misspelt(name) : undefined;
      if (meant !== undefined) yield { found, because: "there is no such flag", fix: `Write ${meant}.` };
    }
  }
}

function* connections(instance: Attributes): Iterable<Fault> {
  if (engineOf(instance) !== "POSTGRES") return;
  const setting = (name: string) =>
    instance
      .blocks(FLAGS)
      .find((flag) => flag.string("name") === name)
      ?.string("value");
  const [low, high] = [limits.maxConnectionsLow.value, limits.maxConnectionsHigh.value];
  const text = setting("max_connections");
  if (text === undefined) return;
  const connections = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(connections >= low && connections <= high))
    yield {
      found: `database flag max_connections is ${text}`,
      because: `it must be ${low} to ${high}`,
      fix: `Set max_connections to ${low} to ${high}, for example ${connections > high ? high : low}.`,
    };
  const reserved = Number(setting("superuser_reserved_connections") ?? Number.NaN);
  if (reserved >= connections)
    yield {
      found: `superuser_reserved_connections is ${reserved} and max_connections is ${connections}`,
      because: "PostgreSQL does not start without a connection for others",
      outcome: "fails at run time",
      fix: `Set superuser_reserved_connections below ${connections}.`,
    };
}

/** The flag that was meant, where one letter or the separators are wrong. */
function misspelt(name: string): string | undefined {
  if (name.length < LONG_ENOUGH || COMMON.includes(name)) return undefined;
  return COMMON.find(
    (flag) =>
      withoutOne(flag).has(name) ||
      withoutOne(name).has(flag) ||
      flag.replaceAll(/[_.]/g, "") === name.replaceAll(/[-_. ]/g, "").toLowerCase(),
  );
}

/** The name with one letter left out, each in turn. */
function withoutOne(name: string): ReadonlySet<string> {
  return new Set(Array.from(name, (_, index) => name.slice(0, index) + name.slice(index + 1)));
}
