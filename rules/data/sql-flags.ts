import type { Graph, Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { engineOf, INSTANCE, isReplica } from "./database.ts";
import { flagOf, flags } from "./flags.ts";

const { maxConnectionsLow, maxConnectionsHigh } = cloudSqlLimits;

/** Flags of the database. */
export const sqlFlags: Rule = {
  id: "data/sql-flags",
  why: "Flags are passed on as they are written: one that the engine does not have, or a value out of range, fails the apply.",
  limit: `max_connections ${maxConnectionsLow.value} to ${maxConnectionsHigh.value}; each flag once; cloudsql.* on PostgreSQL, cloudsql_* on MySQL; a replica's max_connections at least its primary's`,
  fix: "Write the flag as this engine spells it, with a value in range.",
  source: maxConnectionsHigh.source,
  example: `resource "google_sql_database_instance" "main" {
  name             = "orders"
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "cloudsql_iam_authentication" # PostgreSQL: cloudsql.iam_authentication
      value = "on"
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const faults = [...names(resource), ...values(resource), ...replica(graph, resource)];
      for (const [message, fix] of faults)
        yield { resource, severity: "error", message, ...(fix === undefined ? {} : { fix }) };
    }
  },
};

type Fault = readonly [message: string, fix?: string];

/** Settings of MySQL that people carry over. */
const MYSQL_ONLY =
  /^(slow_query_log|long_query_time|innodb_.*|general_log|sql_mode|lower_case_table_names|character_set_server|local_infile|skip_show_database|max_allowed_packet|wait_timeout)$/;
const POSTGRES_ONLY =
  /^(log_min_duration_statement|log_connections|log_disconnections|log_checkpoints|log_lock_waits|log_temp_files|shared_buffers|work_mem|maintenance_work_mem|max_wal_size|autovacuum.*|pgaudit\..*|random_page_cost|statement_timeout|idle_in_transaction_session_timeout|max_worker_processes)$/;

function* names(instance: Resource): Iterable<Fault> {
  const engine = engineOf(instance);
  const seen = new Set<string>();
  for (const flag of flags(instance)) {
    const name = flag.string("name");
    if (name === undefined) continue;
    if (seen.has(name))
      yield [
        `database flag ${name} is set twice; rejected by the API: a flag has one value.`,
        `Keep one ${name}.`,
      ];
    seen.add(name);
    const foreign =
      (engine === "POSTGRES" && (MYSQL_ONLY.test(name) || /^cloudsql_/.test(name))) ||
      (engine === "MYSQL" && (POSTGRES_ONLY.test(name) || /^cloudsql\./.test(name)));
    const meant = engine === "POSTGRES" && !foreign ? misspelt(name) : undefined;
    if (meant !== undefined)
      yield [`database flag ${name} is set; rejected by the API: there is no such flag.`, `Write ${meant}.`];
    if (foreign)
      yield [
        `database flag ${name} is set; rejected by the API: ${engine} has no such flag.`,
        /^cloudsql[._]/.test(name)
          ? `Write ${engine === "POSTGRES" ? name.replace("_", ".") : name.replace(".", "_")}.`
          : "Remove the flag.",
      ];
  }
}

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

/** The flag that was meant, where a letter or two are wrong. */
function misspelt(name: string): string | undefined {
  if (name.length < LONG_ENOUGH || COMMON.includes(name)) return undefined;
  return COMMON.find(
    (flag) =>
      withoutOne(flag).has(name) ||
      withoutOne(name).has(flag) ||
      flag.replaceAll(/[_.]/g, "") === name.replaceAll(/[-_. ]/g, "").toLowerCase(),
  );
}

const LONG_ENOUGH = 10;

/** The name with one letter left out, each in turn. */
function withoutOne(name: string): ReadonlySet<string> {
  return new Set(Array.from(name, (_, index) => name.slice(0, index) + name.slice(index + 1)));
}

function* values(instance: Resource): Iterable<Fault> {
  if (engineOf(instance) !== "POSTGRES") return;
  const connections = flagOf(instance, "max_connections");
  if (typeof connections !== "number") {
    const text = flags(instance)
      .find((flag) => flag.string("name") === "max_connections")
      ?.string("value");
    if (text !== undefined && !/^\d+$/.test(text))
      yield [`database flag max_connections is "${text}"; rejected by the API: it must be a whole number.`];
    return;
  }
  if (connections < maxConnectionsLow.value || connections > maxConnectionsHigh.value)
    yield [
      `database flag max_connections is ${connections}; rejected by the API: it must be ${maxConnectionsLow.value} to ${maxConnectionsHigh.value}.`,
      `Set max_connections to ${connections < maxConnectionsLow.value ? maxConnectionsLow.value : maxConnectionsHigh.value} or ${connections < maxConnectionsLow.value ? "more" : "less"}.`,
    ];
  const reserved = flagOf(instance, "superuser_reserved_connections");
  if (typeof reserved === "number" && reserved >= connections)
    yield [
      `superuser_reserved_connections is ${reserved} and max_connections is ${connections}; fails at run time: PostgreSQL does not start without a connection for others.`,
      `Set superuser_reserved_connections below ${connections}.`,
    ];
}

function* replica(graph: Graph, instance: Resource): Iterable<Fault> {
  if (engineOf(instance) !== "POSTGRES" || !isReplica(instance)) return;
  const target = graph.target(instance.get("master_instance_name"), [INSTANCE], instance);
  if (target.kind !== "resource" || target.resource === instance) return;
  const [own, primary] = [flagOf(instance, "max_connections"), flagOf(target.resource, "max_connections")];
  if (typeof own === "number" && typeof primary === "number" && own < primary)
    yield [
      `database flag max_connections is ${own} and that of the primary ${target.resource.address} is ${primary}; rejected by the API: a replica takes at least as many connections.`,
      `Set it to ${primary} or more.`,
    ];
}
