import { engineOf, instanceOf, isReplica } from "../../analysis/database/database.ts";
import type { Rule } from "../rule.ts";

/** By attribute, what PostgreSQL takes and why it rejects the rest. */
const POSTGRES: readonly (readonly [attribute: string, taken: RegExp, because: string])[] = [
  ["charset", /^(|utf-?8)$/i, "PostgreSQL creates databases in UTF8 only"],
  [
    "collation",
    /^(|C|POSIX|ucs_basic|unicode|default|(?!utf8(mb[34])?_)[a-z]{2,3}([_-]\w+)*(\.utf-?8)?(@\w+)?)$/i,
    "PostgreSQL has no such collation",
  ],
];

/** What an engine needs when an instance or a database is created. */
export const sqlCreate: Rule = {
  id: "data/sql-create",
  why: "SQL Server is not created without a root password, and PostgreSQL creates databases in UTF8 only.",
  limit: "PostgreSQL databases: charset UTF8, and a collation of PostgreSQL",
  fix: "Set root_password, or leave charset and collation out.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/create-manage-databases",
  *check(graph) {
    for (const database of graph.all("google_sql_database")) {
      const instance = instanceOf(graph, database);
      if (instance === undefined) continue;
      if (isReplica(instance))
        yield {
          resource: database,
          message: `instance is ${instance.address}, a read replica; rejected by the API: databases are created on the primary.`,
          fix: "Set instance to the name of the primary.",
        };
      if (engineOf(instance) !== "POSTGRES") continue;
      for (const [attribute, taken, because] of POSTGRES) {
        const value = database.get(attribute);
        if (typeof value !== "string" || taken.test(value)) continue;
        yield {
          resource: database,
          message: `${attribute} is "${value}"; rejected by the API: ${because}.`,
          fix: `Remove ${attribute}, or set it as PostgreSQL spells it, for example "${attribute === "charset" ? "UTF8" : "en_US.UTF8"}".`,
        };
      }
    }
  },
};
