import { instanceOf } from "../../analysis/database/database.ts";
import { groupBy } from "../../analysis/lists.ts";
import { memoize } from "../../analysis/memoize.ts";
import { needsOf } from "../../analysis/references/needs.ts";
import { textOf } from "../../analysis/references/text.ts";
import { variables, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { nearestTo } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";

const KINDS = [
  {
    type: "google_sql_database",
    word: "database",
    variable: /^(POSTGRES_DB|PGDATABASE|POSTGRES_DATABASE|DB_NAME|DATABASE_NAME|DB_DATABASE|MYSQL_DATABASE)$/,
  },
  {
    type: "google_sql_user",
    word: "database user",
    variable: /^(POSTGRES_USER|PGUSER|DB_USER|DATABASE_USER|DB_USERNAME|DATABASE_USERNAME|MYSQL_USER)$/,
  },
] as const;

/** Databases and users that an instance has from the start. */
const BUILT_IN = new Set(["postgres", "template1", "mysql", "root", "cloudsqladmin", "sqlserver"]);

/** The database and the user that a workload names exist on the instance that it connects to. */
export const nameDrift: Rule = {
  id: "reachability/name-drift",
  why: "A workload that names another database or user than the one that is created cannot log in.",
  limit:
    "POSTGRES_DB and POSTGRES_USER name a google_sql_database and google_sql_user of the instance, or a built-in one",
  fix: "Refer to the name attribute of the google_sql_database or google_sql_user.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/create-manage-databases",
  *check(graph) {
    for (const workload of workloads(graph)) {
      const instances = needsOf(graph, workload).flatMap(({ kind, target }) =>
        kind === "sql" ? [target] : [],
      );
      const [instance] = instances;
      if (instance === undefined || new Set(instances).size > 1) continue;
      for (const kind of KINDS) yield* judge(graph, workload, instance, kind);
    }
  },
};

function* judge(
  graph: Graph,
  workload: Workload,
  instance: Resource,
  { type, word, variable }: (typeof KINDS)[number],
): Iterable<Violation> {
  const own = [instance, undefined]
    .flatMap((owner) => byInstance(graph).get(owner) ?? [])
    .filter((item) => item.type === type);
  const names = own.map((item) => item.string("name"));
  // Without any in the input they are made elsewhere, as are those whose name is not known.
  if (own.length === 0 || names.includes(undefined) || !graph.complete) return;
  for (const { name, verb, value } of named(workload, variable, word)) {
    if (BUILT_IN.has(value) || names.includes(value)) continue;
    const near = nearestTo(value, own, (item) => item.string("name") ?? "");
    yield {
      resource: workload.resource,
      message: `${name} ${verb} "${value}", but ${instance.address} has no ${word} of that name${near === undefined ? "" : `; the nearest is ${near.address} ("${near.string("name")}")`}; fails at run time: the connection is refused.`,
      fix: `Use ${near?.address ?? "one that exists"}.`,
    };
  }
}

const URL_FORM = /^(?:postgres(?:ql)?|mysql)(?:\+\w+)?:\/\/([^:@/?]*)(?::[^@/]*)?@[^/]*\/([^?/]*)/;

/** The names in variables of their own, and in the URL of the database. */
function named(workload: Workload, wanted: RegExp, word: string) {
  return variables(workload).flatMap(({ name, value }) => {
    const [, user, database] = URL_FORM.exec(textOf(value) ?? "") ?? [];
    const own = wanted.test(name) && typeof value === "string" ? value : undefined;
    const found = own ?? (word === "database" ? database : user);
    if (found === undefined || found === "" || /[\uE000%$]/.test(found)) return [];
    return [{ name, verb: own === undefined ? "names" : "is", value: found }];
  });
}

/** Databases and users by their instance; those whose instance is not known may be of any. */
const byInstance = memoize((graph: Graph) =>
  groupBy(graph.all(...KINDS.map(({ type }) => type)), (item) => instanceOf(graph, item)),
);
